"""A believable cohort: how pain runs its course, how people answer, and what they leave out.

Everything here is plain Python fed by a `random.Random` that is handed in, so one seed gives one cohort. It knows no
database: whoever plays the cohort says each day which phase the plan is in, and gets the day's answers back.
"""
