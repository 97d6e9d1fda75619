"""No page, message or article promises, diagnoses, frightens or pretends that somebody is watching."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])
READ += sorted((ROOT / "recovery" / "content" / "articles").glob("*.md"))
AVOID = {
    "a claim to treat": r"\b(treats|heals|cures)\b|\bprevents? injur",
    "a promise of safety": r"\b(fit|safe|cleared) to run\b|\bdisc has healed\b",
    "false comfort": r"\bno (red flags|warning signs) (were )?found\b|\ball clear\b",
    "a diagnosis": r"\byou (may|might|could|probably) have (an? )?(hernia|fracture|stenosis|sciatica|infection|cancer)",
    "somebody watching": r"\bwe (monitor|watch over) you\b|\bcare team\b|\b24/7\b",
    "frightening causes": r"\bwear and tear\b|\bcrumbl",
    "an em dash": "\N{EM DASH}",
}
CODE = re.compile(r"{#.*?#}|{%(?!\s*(?:block)?trans).*?%}|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("kind", AVOID)
def test_nobody_reads(kind):
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in READ
        if (match := re.search(AVOID[kind], CODE.sub(" ", path.read_text(encoding="utf-8")), re.IGNORECASE))
    }
    assert found == set()


def test_there_is_much_to_read():
    assert len(READ) > 200


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("a claim to treat", "This plan heals your back."),
        ("a promise of safety", "You are fit to run."),
        ("false comfort", "No red flags found."),
        ("a diagnosis", "You may have a fracture."),
        ("somebody watching", "Your care team is here."),
        ("frightening causes", "This is wear and tear."),
    ],
)
def test_the_words_to_avoid_are_recognised(kind, sentence):
    assert re.search(AVOID[kind], sentence, re.IGNORECASE)
