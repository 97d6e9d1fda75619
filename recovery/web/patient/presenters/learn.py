"""Which articles to put first, by where the patient is."""

from collections.abc import Sequence
from dataclasses import dataclass

from recovery.content.articles import Article
from recovery.models import Decision, Episode, Phase
from recovery.web.articles import article, articles, articles_for, search


@dataclass(frozen=True, slots=True)
class LearnPage:
    """One article picked for now, those for the phase, and all the others."""

    feature: Article | None
    for_now: Sequence[Article]
    others: Sequence[Article]
    phase: str
    is_stopped: bool = False
    words: str = ""
    found: Sequence[Article] = ()


LONGEST_SEARCH = 100
SHOWN = 2


def learn_page(episode: Episode | None, words: str = "") -> LearnPage:
    """Articles for the latest decision or notice first, then for the phase; or those with the words."""
    words = words.strip()[:LONGEST_SEARCH]
    if words:
        is_stopped = episode is not None and episode.is_stopped
        return LearnPage(None, (), (), "", is_stopped, words, search(words))
    if episode is None:
        return LearnPage(None, (), articles(), "")
    recent = [each for moment in _moments(episode) for each in articles_for(moment)]
    now = _unique([*recent, *_articles_of_phase(episode)])
    feature = now[0] if now else None
    return LearnPage(
        feature=feature,
        for_now=now[1:],
        others=[each for each in articles() if each not in now],
        phase=episode.phase,
        is_stopped=episode.is_stopped,
    )


def articles_of(decision: Decision) -> list[Article]:
    """What is worth reading with a decision: about what decided it first, then about what is still missing."""
    unmet = [finding.rule for finding in decision.findings.all() if finding.verdict == "unmet"]
    told = [code for code in decision.notices if code not in decision.withheld]
    moments = [decision.rule, *told, decision.outcome, *unmet]
    return _unique([each for moment in moments for each in articles_for(moment)])[:SHOWN]


def _moments(episode: Episode) -> list[str]:
    rows = Decision.objects.standing().filter(episode=episode).order_by("-day")
    last = rows.only("rule", "outcome", "notices").first()
    return [last.rule, last.outcome, *last.notices] if last else []


def _articles_of_phase(episode: Episode) -> Sequence[Article]:
    """What the plan chose for the phase, else what the articles say themselves."""
    extras = Phase.objects.filter(version=episode.plan_version_id, key=episode.phase).values_list("extras", flat=True)
    chosen = [article(slug) for slug in (extras.first() or {}).get("articles", ())]
    return [each for each in chosen if each] or articles_for(episode.phase)


def _unique(found: list[Article]) -> list[Article]:
    return list({each.slug: each for each in found}.values())
