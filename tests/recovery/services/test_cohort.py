"""The cohort model: courses, noise, habits and the answers they give."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from statistics import correlation, mean, pstdev

import pytest

from recovery.services.cohort.body import Body
from recovery.services.cohort.courses import TRAJECTORIES, Course, Relapse, allot, course_through, with_recurrence
from recovery.services.cohort.habits import BASE, HEAVY, IDEAL, alike, last_day
from recovery.services.cohort.runner import Place, SimulatedRunner

DAY_1 = date(2026, 3, 2)
STRETCHING = Place("gentle_stretching")
FLAT = course_through([(0, 5), (200, 5)])


def runner(seed=1, course=FLAT, habits=IDEAL, noise=1.0):
    rng = Random(seed)
    return SimulatedRunner(rng, Body(rng, course, noise), habits, DAY_1)


def diary(somebody, days, place=STRETCHING):
    return [somebody.day(DAY_1 + timedelta(days=number), place) for number in range(days)]


class TestCourses:
    def test_the_classes_share_everybody_out(self):
        assert sum(trajectory.share for trajectory in TRAJECTORIES.values()) == pytest.approx(1, abs=0.001)

    def test_sixty_people_are_alloted_in_the_published_proportions(self):
        assert Counter(allot(60)) == {"C1": 22, "C2": 21, "C3": 8, "C4": 6, "C5": 3}

    @pytest.mark.parametrize("count", [0, 1, 2, 7, 59])
    def test_nobody_is_left_without_a_class(self, count):
        assert len(allot(count)) == count

    @pytest.mark.parametrize(("day", "points"), [(0, 6.3), (7, 3.6), (14, 2.5), (28, 1.7), (84, 1.4)])
    def test_the_weighted_means_are_those_of_the_trial(self, day, points):
        weighted = sum(t.share * t.course.mean(day) for t in TRAJECTORIES.values())
        assert weighted == pytest.approx(points, abs=0.15)

    def test_pain_runs_straight_between_two_anchors(self):
        assert course_through([(0, 6), (10, 4)]).mean(5) == 5

    def test_the_last_anchor_holds_from_then_on(self):
        assert course_through([(0, 6), (10, 4)]).mean(300) == 4

    def test_a_relapse_comes_in_full_and_fades(self):
        relapse = Relapse(starts=20, height=4, lasts=12)
        assert [round(relapse.added(day), 1) for day in (19, 20, 24, 28, 31, 32)] == [0, 4, 4, 2, 0.5, 0]

    def test_half_of_the_recovered_relapse_by_day_139(self):
        course = course_through([(0, 0), (1, 0)])
        relapses = [with_recurrence(course, Random(seed)).relapses[0] for seed in range(4000)]
        assert mean(relapse.starts <= 139 for relapse in relapses) == pytest.approx(0.5, abs=0.03)

    def test_who_never_calms_down_does_not_relapse(self):
        course = TRAJECTORIES["C5"].course
        assert with_recurrence(course, Random(1)) == course


class TestBody:
    def test_the_average_scatters_around_the_course_as_published(self):
        averages = [answers.average for answers in diary(runner(), 3000)]
        assert mean(averages) == pytest.approx(5, abs=0.15)
        assert pstdev(averages) == pytest.approx(1.2, abs=0.15)

    def test_a_day_remembers_the_one_before(self):
        averages = [answers.average for answers in diary(runner(), 3000)]
        assert correlation(averages[:-1], averages[1:]) == pytest.approx(0.4, abs=0.08)

    def test_the_morning_goes_with_the_day(self):
        answers = diary(runner(), 3000)
        linked = correlation([day.average for day in answers], [day.morning for day in answers])
        assert linked == pytest.approx(0.6, abs=0.08)

    def test_near_zero_there_is_little_scatter(self):
        averages = [answers.average for answers in diary(runner(course=Course(((0, 0.3), (9, 0.3)))), 1000)]
        assert max(averages) <= 2

    def test_without_noise_a_day_is_its_mean(self):
        body = Body(Random(1), FLAT, noise=0)
        assert [body.feel(day).average for day in range(20)] == [5] * 20


class TestAnswers:
    def test_one_seed_gives_one_diary(self):
        assert diary(runner(seed=3, habits=BASE), 80) == diary(runner(seed=3, habits=BASE), 80)

    def test_another_seed_gives_another_diary(self):
        assert diary(runner(seed=3), 30) != diary(runner(seed=4), 30)

    def test_the_worst_is_never_below_the_average(self):
        assert all(answers.worst >= answers.average for answers in diary(runner(), 500))

    def test_ideal_people_miss_nothing(self):
        assert None not in diary(runner(habits=IDEAL), 90)

    @pytest.mark.parametrize(("habits", "first", "settled"), [(BASE, 0.15, 0.35), (HEAVY, 0.5, 0.6)])
    def test_missing_rises_over_six_weeks(self, habits, first, settled):
        assert (habits.missing(0), habits.missing(42), habits.missing(200)) == (first, pytest.approx(settled), settled)

    def test_check_ins_go_missing_as_often_as_the_habits_say(self):
        settled = alike(BASE, missing_first=0.35, stays_twelve_weeks=1)
        assert mean(answers is None for answers in diary(runner(habits=settled), 3000)) == pytest.approx(0.35, abs=0.04)

    def test_half_of_everybody_is_still_there_after_twelve_weeks(self):
        lasts = [last_day(BASE, Random(seed)) for seed in range(4000)]
        assert mean(days > 84 for days in lasts) == pytest.approx(0.5, abs=0.03)

    def test_who_has_left_never_answers_again(self):
        somebody = runner(habits=alike(IDEAL, stays_twelve_weeks=0.01), seed=5)
        answered = [answers is not None for answers in diary(somebody, 200)]
        assert answered == sorted(answered, reverse=True) and not answered[-1]

    def test_nobody_runs_on_a_day_without_a_run(self):
        resting = diary(runner(), 50, Place("return_to_running", may_run=False))
        assert not any(answers.session.took_place for answers in resting)

    def test_who_keeps_to_the_plan_runs_when_they_may(self):
        running = diary(runner(), 50, Place("return_to_running", may_run=True))
        assert all(answers.session.took_place for answers in running)

    def test_seven_of_ten_planned_runs_are_done(self):
        sometimes = runner(habits=alike(IDEAL, adherence=0.7))
        running = diary(sometimes, 2000, Place("return_to_running", may_run=True))
        assert mean(answers.session.took_place for answers in running) == pytest.approx(0.7, abs=0.04)

    def test_prevention_is_answered_weekly(self):
        weekly = diary(runner(), 30, Place("prevention", weekly=True))
        assert [number for number, answers in enumerate(weekly) if answers] == [0, 7, 14, 21, 28]

    def test_a_missed_morning_after_a_session_is_recalled(self):
        somebody = runner(habits=alike(IDEAL, missing_first=0.5, missing_settled=0.5))
        answers = diary(somebody, 200, Place("return_to_running", may_run=True))
        three_days = zip(answers, answers[1:], answers[2:], strict=False)
        recalled = [today for before, missed, today in three_days if before and not missed and today]
        assert recalled and all(today.yesterday_morning is not None for today in recalled)

    def test_confidence_and_mood_are_asked_weekly(self):
        asked = [number for number, answers in enumerate(diary(runner(), 29)) if answers.confidence is not None]
        assert asked == [0, 7, 14, 21, 28]
