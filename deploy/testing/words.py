"""`make words`: gathers every translatable word, adds it to each language's catalogue, compiles what is translated.

Gathers as makemessages does, through Django's own reading of templates, but without the programs of GNU gettext.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
SOURCES = ("accounts", "deploy", "recovery")
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
HEAD = "# The words of Backstride. `make words` gathers and compiles them; translate the empty ones."
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")

Word = tuple[str | None, str, str | None]  # context, words, words for several


def words() -> set[Word]:
    """Everything the code and the templates say to people."""
    found: set[Word] = set()
    for folder in SOURCES:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(_spoken(path.read_text(encoding="utf-8")))
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in (".html", ".txt", ".xml", ".js", ".json", ".webmanifest"):
            found.update(_spoken(_code_of(path.read_text(encoding="utf-8"))))
    found.update((None, text, None) for text in _of_the_plans())
    return found


def _of_the_plans() -> Iterator[str]:
    """What a shipped plan says outside its exercises, as a template asks for it: with its percent signs doubled."""
    for path in sorted((ROOT / "recovery" / "content" / "plans").glob("*.yaml")):
        plan = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [plan["title"], *plan.get("stop_codes", {}).values(), *plan.get("caution_codes", {}).values()]
        texts.append(plan.get("approval", {}).get("note"))
        for phase in plan["phases"]:
            texts.append(phase["goal"])
        for exercise in plan.get("exercises", []):
            texts += exercise["equipment"]
        for prescribed in plan.get("prescriptions", {}).values():
            texts += [item["dose"].get("note") for item in prescribed]
        yield from (text.replace("%", "%%") for text in texts if text)


def _code_of(template: str) -> str:
    """The calls of a template, one to a line; what templatize leaves between them is not Python."""
    code = templatize(template)
    return "\n".join(code[found.start() : _end_of_call(code, found.end() - 1)] for found in CALL.finditer(code))


def _end_of_call(code: str, start: int) -> int:
    """Just behind the bracket that closes the one at `start`; brackets inside its words do not count."""
    quote, depth, place = "", 0, start
    while place < len(code):
        letter = code[place]
        if quote:
            if letter == "\\":
                place += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth == 0:
                return place + 1
        place += 1
    return place


def _spoken(source: str) -> Iterator[Word]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in PLAIN and len(said) == 1:
            yield None, said[0], None
        elif name in PLURAL and len(said) >= 2:
            yield None, said[0], said[1]
        elif name in CONTEXT and len(said) == 2:
            yield said[0], said[1], None
        elif name in CONTEXT_PLURAL and len(said) >= 3:
            yield said[0], said[1], said[2]


def catalogue(language: str) -> Catalog:
    """What is translated into a language so far."""
    path = _folder(language) / "django.po"
    if not path.exists():
        return _new(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def gathered(language: str) -> Catalog:
    """The catalogue with every word of today in it, and none that nobody says any more."""
    before, after = catalogue(language), _new(language)
    for context, one, several in sorted(words(), key=lambda word: (word[1], word[0] or "")):
        known = before.get(one, context)
        same = known is not None and bool(known.pluralizable) == bool(several)
        after.add(
            (one, several) if several else one,
            known.string if same else None,
            context=context,
            flags=["python-format"] if "%(" in one else (),
        )
    return after


def compiled(language: str) -> bytes:
    """What the running product reads."""
    file = io.BytesIO()
    write_mo(file, catalogue(language))
    return file.getvalue()


def untranslated(found: Catalog) -> list[str]:
    """The words that still lack a translation."""
    return [str(one.id) for one in found if one.id and not all(forms(one))]


def forms(message: Message) -> list[str]:
    """What a message is translated to, for one and for several."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def languages() -> list[str]:
    """Those that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def _new(language: str) -> Catalog:
    """An empty one whose head says nothing that changes from day to day."""
    return Catalog(
        locale=language,
        fuzzy=False,
        charset="utf-8",
        header_comment=HEAD,
        project="Backstride",
        version="1",
        creation_date=ALWAYS,
        revision_date=ALWAYS,
        msgid_bugs_address="see README.md",
        last_translator="Backstride",
        language_team=language,
    )


def _folder(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES"


def main() -> int:
    """1 when something still waits for a translation."""
    missing = 0
    for language in languages():
        found = gathered(language)
        with (_folder(language) / "django.po").open("wb") as file:
            write_po(file, found, width=0, sort_output=True, omit_header=False)
        (_folder(language) / "django.mo").write_bytes(compiled(language))
        empty = untranslated(found)
        missing += len(empty)
        print(f"{language}: {len(found)} words and sentences, {len(empty)} of them not yet translated")
        for one in empty:
            print(f"  {one}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
