"""The shipped articles: complete, honest in their wording, and easy to read."""

import re

import pytest

from recovery.content.articles import InvalidArticle, article, articles, articles_for, read_article, search
from recovery.rules.facts import PHASES
from recovery.web.patient.presenters.criteria import HOLDS

CODES = (
    "E-1",
    "E-2a",
    "E-2b",
    "E-2c",
    "E-3",
    "E-4",
    "E-5",
    "E-6a",
    "E-6b",
    "E-6c",
    "E-6d",
    "E-6e",
    "E-7",
    "E-8",
    "MED",
)
FACTS = {f"F{number:02}" for number in range(1, 41)}
CONDITIONS = ("herniated-disc", "disc-degeneration", "spinal-fractures", "spinal-stenosis", "slipped-vertebra")
NEVER = (
    r"wear and tear|crumbl|damage|safe to run|fit to run|all clear|no red flags|\bcures?\b|\bheals?\b|\btreats\b"
    r"|prevents? injur|you (may|might) have (a|an|cauda|spinal|degenerative)\b|your disc"
    r"|we monitor|care team|relapse|setback|!|—"
)

each_article = pytest.mark.parametrize("text", articles(), ids=lambda text: text.slug)

HEAD = """code: X-1
slug: sample
title: A sample
summary: One sentence.
phases: [rest]
moments: []
tags: [basics]
facts: [F01]
sources: {S1: A guideline}"""


def sample(head=HEAD, body="Some text.\n"):
    return f"---\n{head}\n---\n{body}"


def plain(text):
    """The words of an article, one sentence or list item per entry."""
    words = re.sub(r"\]\([^)]*\)|[\[*]", "", text.body)
    blocks = re.split(r"\n\n|\n(?=- )|^#+ ", words, flags=re.MULTILINE)
    return [sentence for block in blocks for sentence in re.split(r"(?<=[.?:])\s+", block) if sentence.strip()]


def test_every_promised_article_is_shipped():
    assert tuple(text.code for text in articles()) == CODES


def test_every_fact_of_the_evidence_table_is_told_somewhere():
    assert {fact for text in articles() for fact in text.facts} == FACTS


@each_article
def test_an_article_is_one_short_read(text):
    assert 150 <= len(text.body.split()) <= 350


@each_article
def test_no_sentence_is_longer_than_twenty_words(text):
    assert [sentence for sentence in plain(text) if len(sentence.split()) > 20] == []


@each_article
def test_no_article_diagnoses_promises_or_frightens(text):
    found = re.findall(NEVER, f"{text.title} {text.summary} {text.body}", re.IGNORECASE)
    assert found == []


@each_article
def test_an_article_names_its_sources_and_its_places(text):
    assert all(re.fullmatch(r"S\d+|article", key) and citation for key, citation in text.sources)
    assert set(text.phases) <= set(PHASES)
    assert re.fullmatch(r"[^.?]+[.?]", text.summary)


@each_article
def test_links_lead_to_other_articles_or_to_urgent_help(text):
    slugs = {f"../{other.slug}/" for other in articles()}
    assert set(re.findall(r"\]\(([^)]*)\)", text.body)) <= slugs | {"/urgent-help/"}


@pytest.mark.parametrize("slug", CONDITIONS)
def test_an_article_about_a_condition_says_it_is_not_about_you_and_when_to_be_seen(slug):
    text = article(slug)
    assert "It cannot tell you whether" in text.body.replace("\n", " ")
    assert "## When to be seen" in text.body and "Emergency, now" in text.body


def test_where_article_and_evidence_differ_both_are_told():
    told = {text.code: dict(text.sources) for text in articles()}
    for code, key in {"E-2a": "S40", "E-3": "S39", "E-5": "S28", "E-4": "S44"}.items():
        assert {"article", key} <= told[code].keys()


def test_recurrence_is_called_common_and_no_failure():
    body = article("what-to-expect").body
    assert "69%" in body and "not a failure" in body


def test_cold_and_warmth_are_given_with_their_limits():
    body = article("heat-and-cold").body
    assert "never more than 20" in body and "never sleep with it" in body


def test_persisting_pain_brings_the_article_on_whom_to_see():
    assert article("whom-to-see") in articles_for("E2")


def test_an_unknown_slug_has_no_article():
    assert article("nothing-here") is None


translated = pytest.mark.parametrize("text", articles("es"), ids=lambda text: text.slug)


def test_every_article_is_there_in_spanish():
    assert tuple(text.code for text in articles("es")) == CODES
    assert articles("nl") == articles()


@translated
def test_a_translation_stands_where_its_original_stands(text):
    original = article(text.slug)
    for name in ("code", "phases", "moments", "facts"):
        assert getattr(text, name) == getattr(original, name)
    assert [key for key, _ in text.sources] == [key for key, _ in original.sources]
    assert re.findall(r"\]\(([^)]*)\)", text.body) == re.findall(r"\]\(([^)]*)\)", original.body)
    assert text.body.count("## ") == original.body.count("## ")
    assert text.title != original.title


@translated
def test_a_translation_keeps_every_figure(text):
    def figures(body):
        return sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", body)))

    assert figures(text.body) == figures(article(text.slug).body)


@translated
def test_no_spanish_sentence_is_longer_than_thirty_words(text):
    assert [sentence for sentence in plain(text) if len(sentence.split()) > 30] == []


@translated
def test_a_translation_does_not_promise_or_frighten(text):
    never = r"te cura|\bcuramos|puedes correr con seguridad|sin señales de alarma|desgaste|!|—|¡|te vigilamos"
    assert re.findall(never, f"{text.title} {text.summary} {text.body}", re.IGNORECASE) == []


def test_a_search_finds_spanish_words():
    assert search("estenosis", "es")[0] == article("spinal-stenosis", "es")
    assert search("fisioterapía", "es") != ()


def test_a_file_is_read_into_an_article():
    text = read_article(sample(), "sample")
    assert (text.phases, text.sources, text.body) == (("rest",), (("S1", "A guideline"),), "Some text.\n")


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("Some text.", "needs a head"),
        (sample(body=""), "needs a head"),
        (sample(head="code: ["), "not YAML"),
        (sample(head=HEAD.replace("title: A sample\n", "")), "needs exactly"),
        (sample(head=HEAD.replace("[rest]", "rest")), "phases must be a list"),
        (sample(head=HEAD.replace("A sample", "''")), "title must be a text"),
        (sample(head=HEAD.replace("{S1: A guideline}", "{}")), "at least one source"),
        (sample(head=HEAD.replace("slug: sample", "slug: other")), "slug must be"),
    ],
)
def test_a_broken_file_is_refused_by_name(file, fault):
    with pytest.raises(InvalidArticle, match=f"sample: .*{fault}"):
        read_article(file, "sample")


@pytest.mark.parametrize("rule", sorted(HOLDS))
def test_every_reason_to_stay_has_something_to_read(rule):
    assert articles_for(rule)


def test_what_is_searched_for_comes_first_when_it_is_the_title():
    assert search("stenosis")[0] == article("spinal-stenosis")
    assert search("HÉAT") == search("heat") != ()


def test_every_word_of_a_search_must_be_there():
    assert search("stenosis zebra") == search("  ") == ()
