"""A simulated cohort on a draft beside the live version.

Asked for once (`asking`), cut into parts that any worker may claim (`parts`), lived through with the rules' own
functions by `services.cohort`, and summed up when the last part is done (`summing`). No real patient is read.
"""
