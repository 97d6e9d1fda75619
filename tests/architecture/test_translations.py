"""Whatever a person reads can be read in every language of the settings."""

import gettext
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

from deploy.testing import words

ROOT = Path(__file__).resolve().parents[2]
STAND_ALONE = ("400.html", "500.html")  # they look nothing up, not even words, and say the same in each language
TEMPLATES = sorted(
    path
    for pattern in ("*.html", "*.txt")
    for path in (ROOT / "templates").rglob(pattern)
    if path.name not in STAND_ALONE
)
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
HOLES = re.compile(r"%\(\w+\)[sd]|%%\d?|\{\w+\}|</?\w+[^>]*>|\bNUMBER\b")
NOT_SAID = re.compile(r"<(style|script|kbd|code)\b.*?</\1>|<!--.*?-->|&\w+;", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SAID_ASIDE = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)\s*=\s*(\"[^\"]*\"|'[^']*')")
SENTENCES = {"blocktranslate", "comment"}
WORD = re.compile(r"[^\W\d_]{2,}")
THE_SAME_EVERYWHERE = {
    "Backstride", "PDF", "JSON", "CSV", "YAML", "UTC", "min", "km", "kg", "cm", "max", "style", "script", "STOP",
}  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request):
    return words.catalogue(request.param)


def test_the_languages_of_the_settings_have_catalogues():
    assert words.languages() == LANGUAGES != []


def test_every_word_is_translated(catalogue):
    waiting = words.untranslated(words.gathered(str(catalogue.locale)))
    assert waiting == [], "translate them in locale, then run make words"


def test_a_translation_keeps_every_hole_of_the_sentence(catalogue):
    broken = [
        str(message.id)
        for message in catalogue
        if message.id and any(_holes(form) not in _holes_of(message.id) for form in words.forms(message) if form)
    ]
    assert broken == []


def _holes(text: str) -> list[str]:
    return sorted(HOLES.findall(text))


def _holes_of(message_id) -> list[list[str]]:
    """Those of the one form or of either of two: a language may leave a number out where English does."""
    return [_holes(text) for text in ([message_id] if isinstance(message_id, str) else message_id)]


def test_what_runs_says_what_the_catalogue_says(catalogue):
    path = words.LOCALE / str(catalogue.locale) / "LC_MESSAGES" / "django.mo"
    running = gettext.GNUTranslations(io.BytesIO(path.read_bytes()))
    for message in catalogue:
        if message.id and all(words.forms(message)):
            one, form = (
                (message.id, message.string) if isinstance(message.id, str) else (message.id[0], message.string[0])
            )
            said = running.pgettext(message.context, one) if message.context else running.gettext(one)
            if not isinstance(message.id, str):
                said = running.ngettext(*message.id, 1)
            assert said == form, "run make words"


def test_no_template_says_what_cannot_be_translated():
    said = {str(path.relative_to(ROOT)): _fixed_words(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: fixed for name, fixed in said.items() if fixed} == {}


def _fixed_words(template: str) -> set[str]:
    """The words outside every translatable sentence."""
    said, until = [], ""
    for token in Lexer(template).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if not until and (tag in SENTENCES or (tag == "block" and token.contents.endswith(("_class", "_attributes")))):
            until = f"end{tag}"
        elif until:
            until = "" if tag == until else until
        elif token.token_type == TokenType.TEXT:
            said.append(token.contents)
        elif token.token_type == TokenType.VAR:
            said.append("\N{OBJECT REPLACEMENT CHARACTER}")
    text = NOT_SAID.sub(" ", "".join(said))
    aside = " ".join(value for value in SAID_ASIDE.findall(text))
    return set(WORD.findall(f"{TAG.sub(' ', text)} {aside}")) - THE_SAME_EVERYWHERE


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello</p>", {"Hello"}),
        ('<p>{% translate "Hello" %}</p>', set()),
        ("{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}", set()),
        ('<img alt="A road" src="road.svg">', {"road"}),
        ("<style>p { color: red }</style>{{ name }}", set()),
    ],
)
def test_fixed_words_are_recognised(template, found):
    assert _fixed_words(template) >= found
    assert bool(_fixed_words(template)) == bool(found)
