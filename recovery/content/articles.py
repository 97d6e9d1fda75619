"""The shipped articles: Markdown files whose head says where each one is shown and what it rests on."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

import yaml

FOLDER = Path(__file__).parent / "articles"
ORIGINAL = "en"  # the language of the files that lie in no folder of their own
TEXTS = ("code", "slug", "title", "summary")
LISTS = ("phases", "moments", "tags", "facts")


class InvalidArticle(ValueError):
    """A file that is no article; the text names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One short text for patients.

    `phases` and `moments` (codes of notices and decisions) say when it is offered, `facts` which facts of the
    evidence table it tells, and `sources` pairs each source's key with a short citation.
    """

    code: str
    slug: str
    title: str
    summary: str
    phases: tuple[str, ...]
    moments: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    body: str


def read_article(text: str, name: str) -> Article:
    """Parse one file's text; `name` is its file name without the ending and must be the slug."""
    opening, _, rest = text.partition("---\n")
    head_text, line, body = rest.partition("\n---\n")
    if opening or not line or not body.strip():
        raise InvalidArticle(f"{name}: needs a head between two lines of ---, then a text")
    head = _read_head(head_text, name)
    lists = {key: tuple(head[key]) for key in LISTS}
    return Article(**{key: head[key] for key in TEXTS}, **lists, sources=tuple(head["sources"].items()), body=body)


def _read_head(text: str, name: str) -> dict:
    try:
        head = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise InvalidArticle(f"{name}: the head is not YAML") from fault
    if not isinstance(head, dict) or set(head) != {*TEXTS, *LISTS, "sources"}:
        raise InvalidArticle(f"{name}: the head needs exactly {', '.join((*TEXTS, *LISTS, 'sources'))}")
    for key in TEXTS:
        if not isinstance(head[key], str) or not head[key]:
            raise InvalidArticle(f"{name}: {key} must be a text")
    for key in LISTS:
        if not isinstance(head[key], list):
            raise InvalidArticle(f"{name}: {key} must be a list")
    if not isinstance(head["sources"], dict) or not head["sources"]:
        raise InvalidArticle(f"{name}: sources must name at least one source")
    if head["slug"] != name:
        raise InvalidArticle(f"{name}: slug must be the file's name")
    return head


@cache
def articles(language: str = ORIGINAL) -> tuple[Article, ...]:
    """All shipped articles in reading order; in the original language when there are none in the one asked for."""
    folder = FOLDER if language == ORIGINAL else FOLDER / language
    if not folder.is_dir():
        return articles()
    found = (read_article(path.read_text(encoding="utf-8"), path.stem) for path in folder.glob("*.md"))
    return tuple(sorted(found, key=lambda article: article.code))


def article(slug: str, language: str = ORIGINAL) -> Article | None:
    """The article with this slug, if there is one."""
    return next((each for each in articles(language) if each.slug == slug), None)


def articles_for(moment: str, language: str = ORIGINAL) -> tuple[Article, ...]:
    """The articles to offer in a phase, or with a notice or decision, named by its key."""
    return tuple(each for each in articles(language) if moment in each.phases or moment in each.moments)


def search(words: str, language: str = ORIGINAL) -> tuple[Article, ...]:
    """The articles with every one of these words, those that are about them first; accents and case do not matter."""
    wanted = _plain(words).split()
    if not wanted:
        return ()
    found = [(_weight(each, wanted), each) for each in articles(language)]
    return tuple(each for weight, each in sorted(found, key=lambda pair: (-pair[0], pair[1].code)) if weight)


def _weight(each: Article, wanted: list[str]) -> int:
    """How much an article is about the words; nothing when one of them is missing."""
    title, summary, body = (_plain(text) for text in (each.title, f"{each.summary} {' '.join(each.tags)}", each.body))
    weights = [9 * (word in title) + 3 * (word in summary) + (word in body) for word in wanted]
    return sum(weights) if all(weights) else 0


def _plain(text: str) -> str:
    letters = normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not combining(letter))
