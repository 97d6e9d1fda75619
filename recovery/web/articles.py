"""Turns an article's Markdown into HTML; the one place that marks such text as safe for a template."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from recovery.content.articles import Article

# Raw HTML stays text, unsafe links stay text, and there are no pictures: what is left cannot carry a script.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def render_article(article: Article) -> SafeString:
    """The article's body as HTML."""
    return mark_safe(MARKDOWN.render(article.body))
