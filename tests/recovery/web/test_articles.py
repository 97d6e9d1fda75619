"""Articles become HTML that cannot carry a script."""

from dataclasses import replace

import pytest
from django.utils.safestring import SafeString

from recovery.content.articles import article, articles
from recovery.web.articles import render_article


def rendered(body):
    return render_article(replace(article("heat-and-cold"), body=body))


@pytest.mark.parametrize("text", articles(), ids=lambda text: text.slug)
def test_every_article_renders_with_headings_below_the_title(text):
    html = render_article(text)
    assert isinstance(html, SafeString)
    assert "<h2>" in html and "<h1>" not in html


def test_a_list_and_a_link_keep_their_meaning():
    html = rendered("- one\n- [two](../heat-and-cold/)\n")
    assert html.count("<li>") == 2 and '<a href="../heat-and-cold/">two</a>' in html


@pytest.mark.parametrize(
    ("body", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<b onclick=alert(1)>x</b>", "<b "),
        ("[x](javascript:alert(1))", "<a "),
        ("[x](data:text/html,x)", "<a "),
        ("![x](https://elsewhere.example/x.png)", "<img"),
        ('text & "quotes" <', '& "'),
    ],
)
def test_markup_from_outside_stays_text(body, never):
    assert never not in rendered(body)
