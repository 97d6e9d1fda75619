"""The articles in the language of the page, and their Markdown as HTML: the one place that marks such text as safe."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from recovery.content import articles as shipped
from recovery.content.articles import ORIGINAL, Article

# Raw HTML stays text, unsafe links stay text, and there are no pictures: what is left cannot carry a script.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def render_article(article: Article) -> SafeString:
    """The article's body as HTML."""
    return mark_safe(MARKDOWN.render(article.body))


def articles() -> tuple[Article, ...]:
    """All of them in reading order."""
    return shipped.articles(_language())


def article(slug: str) -> Article | None:
    """The one with this slug, if there is one."""
    return shipped.article(slug, _language())


def articles_for(moment: str) -> tuple[Article, ...]:
    """Those to offer in a phase, or with a notice or decision, named by its key."""
    return shipped.articles_for(moment, _language())


def search(words: str) -> tuple[Article, ...]:
    """Those with every one of these words."""
    return shipped.search(words, _language())


def _language() -> str:
    return get_language() or ORIGINAL
