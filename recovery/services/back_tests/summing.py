"""What a back-test came to, summed over its episodes in a fixed order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median_low

from django.db import transaction

from accounts.models import Clinic, Consent, Membership
from recovery.models import BackTest, BackTestResult, Episode
from recovery.rules.facts import PHASES

from .episodes import TOLD_TO_THE_CLINIC

WEEK = 7


def sum_up_finished(now: datetime) -> int:
    """Ends every running back-test whose parts are all done; whoever died before this is made up for."""
    left = BackTest.objects.running().exclude(shards__state__in=["due", "claimed"])
    return sum(sum_up(asked, now) for asked in left)


@transaction.atomic
def sum_up(asked: BackTest, now: datetime) -> bool:
    """Writes the summary and ends the back-test; only one of several workers does."""
    ended = BackTest.objects.running().filter(pk=asked.pk).update(state="done", ended_at=now)
    if not ended:
        return False
    asked.state, asked.ended_at = BackTest.State.DONE, now
    asked.summary = summary_of(asked)
    asked.save(update_fields=["summary"])
    return True


def progress_of(asked: BackTest) -> int:
    """How many episodes are done."""
    return sum(asked.shards.filter(state="done").values_list("size", flat=True))


def summary_of(asked: BackTest) -> dict:
    """The figures over all results; the same results give the same summary, byte for byte."""
    results = list(asked.results.order_by("episode_id"))
    known = [result for result in results if not result.fault]
    unlike = [result for result in known if result.first_difference_on is not None]
    return {
        "episodes": len(results),
        "faults": len(results) - len(known),
        "days": sum(result.days for result in known),
        "differing": len(unlike),
        "elsewhere": sum(_places(result)[0] != _places(result)[1] for result in known),
        "ends": _ends(known),
        "arrivals": _arrivals(known),
        "escalations": _escalations(known),
        "alerts": _alerts(known),
        "moving": _moving(known),
    }


def _moving(results: Iterable[BackTestResult]) -> dict:
    """How the last check-ins of running episodes were decided and would be: [outcome, outcome, people]."""
    pairs = [(each["before"], each["after"]) for each in (result.figures["moving"] for result in results) if each]
    counts = Counter((before["outcome"], after["outcome"]) for before, after in pairs)
    return {
        "people": len(pairs),
        "differing": sum(before != after for before, after in pairs),
        "pairs": [[*outcomes, counts[outcomes]] for outcomes in sorted(counts)],
    }


def lost_escalations(summary: dict) -> int:
    """How many escalations the live version raises and the draft does not."""
    return sum(counts["lost"] for counts in summary.get("escalations", {}).values())


def _places(result: BackTestResult) -> tuple[str, str]:
    return result.live_phase, result.draft_phase


def _ends(results: Iterable[BackTestResult]) -> list[list]:
    """How many ended in which phase under each: [live phase, draft phase, people]."""
    counts = Counter(_places(result) for result in results)
    in_order = sorted(counts, key=lambda places: [PHASES.index(phase) for phase in places])
    return [[*places, counts[places]] for places in in_order]


def _arrivals(results: Sequence[BackTestResult]) -> dict:
    """For each phase how many reach it earlier or later with the draft, by how many days, or only with one of both."""
    found = {}
    for phase in PHASES:
        days = sorted(r.figures["arrivals"][phase] for r in results if phase in r.figures["arrivals"])
        earlier, later = [-day for day in days if day < 0], [day for day in days if day > 0]
        only = {name: sum(phase in r.figures[f"only_{name}"] for r in results) for name in ("live", "draft")}
        if days or any(only.values()):
            found[phase] = {
                "earlier": len(earlier),
                "later": len(later),
                "middle_earlier": median_low(earlier) if earlier else None,
                "middle_later": median_low(later) if later else None,
                "only_live": only["live"],
                "only_draft": only["draft"],
                "days": [[day, count] for day, count in sorted(Counter(days).items())],
            }
    return found


def _escalations(results: Sequence[BackTestResult]) -> dict:
    """For each code how often it is raised by each, and how often gained, lost, earlier or later."""
    totals: dict[str, Counter] = {}
    for result in results:
        for name, counts in zip(("live", "draft"), result.figures["raised"], strict=True):
            for code, count in counts.items():
                totals.setdefault(code, Counter())[name] += count
        for name in ("lost", "gained"):
            for one in result.figures[name]:
                totals[one["code"]][name] += 1
        for one in result.figures["moved"]:
            totals[one["code"]]["earlier" if one["days"] < 0 else "later"] += 1
    names = ("live", "draft", "gained", "lost", "earlier", "later")
    return {code: {name: totals[code][name] for name in names} for code in sorted(totals)}


def _alerts(results: Sequence[BackTestResult]) -> list[dict]:
    """Expected alerts for each clinician on duty and week, by clinic: the past rate, for the people there now."""
    by_patient = dict(Episode.objects.filter(pk__in=[r.episode_id for r in results]).values_list("pk", "patient"))
    opened = set(Episode.objects.open().filter(pk__in=by_patient).values_list("pk", flat=True))
    found = []
    for clinic in Clinic.objects.order_by("name", "pk"):
        sharing = set(Consent.objects.active().sharing_with(clinic).order_by().values_list("patient", flat=True))
        here = [result for result in results if by_patient[result.episode_id] in sharing]
        if here:
            found.append(_expected(clinic, here, sum(result.episode_id in opened for result in here)))
    return found


def _expected(clinic: Clinic, results: Sequence[BackTestResult], people: int) -> dict:
    weeks = sum(result.days for result in results) / WEEK
    rates = [
        sum(result.figures["raised"][which].get(code, 0) for result in results for code in TOLD_TO_THE_CLINIC)
        / max(weeks, 1)
        for which in (0, 1)
    ]
    return {
        "clinic": clinic.name,
        "clinicians": Membership.objects.active().filter(clinic=clinic, on_duty=True).count(),
        "people": people,
        "live": round(rates[0] * people, 2),
        "draft": round(rates[1] * people, 2),
    }
