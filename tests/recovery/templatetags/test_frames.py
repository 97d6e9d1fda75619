"""The pages everything grows from, the error pages, and what they weigh."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NOBODY = AnonymousUser()


def person(**more):
    usual = {"pk": 1, "is_authenticated": True, "role": "patient", "theme": "auto", "display_name": "Nora"}
    return SimpleNamespace(**usual | {"is_staff": False} | more)


def page(frame, **context):
    return render_to_string(f"frames/{frame}.html", {"user": NOBODY} | context)


@pytest.mark.django_db  # a page for staff asks how the sending goes
@pytest.mark.parametrize("frame", ["home", "task", "work"])
def test_a_frame_has_one_main_part_and_a_way_to_skip_to_it(frame):
    html = page(frame)
    assert html.count("<main") == 1
    assert html.index('href="#main"') < html.index("<header") < html.index('<main id="main">')


@pytest.mark.django_db  # a page for staff asks how the sending goes
@pytest.mark.parametrize("frame", ["home", "task", "work"])
def test_a_page_may_be_zoomed(frame):
    viewport = re.search(r'<meta name="viewport" content="([^"]+)"', page(frame))[1]
    assert "maximum-scale" not in viewport and "user-scalable" not in viewport


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_a_person_chose_is_set_before_anything_is_drawn(theme):
    html = page("home", user=person(theme=theme))
    assert f'data-theme="{theme}"' in html.split(">", 2)[1]
    assert f'<meta name="color-scheme" content="{theme}">' in html


def test_without_a_choice_the_device_decides():
    html = page("home", user=person())
    assert "data-theme" not in html and '<meta name="color-scheme" content="light dark">' in html


def test_patients_have_tabs_and_others_have_none():
    assert "tabs--foot" in page("home", user=person())
    assert "tabs--foot" not in page("home")
    assert "tabs--foot" not in page("home", user=person(role="clinician"))


def test_exactly_the_page_s_own_tab_is_marked():
    html = page("home", user=person(), tab="learn")
    assert re.findall(r'aria-current="page">.*?</svg>(\w+)', html) == ["Learn"]


def test_urgent_help_is_on_every_home_page():
    assert "Urgent help" in page("home") and "Urgent help" in page("home", user=person())


@pytest.mark.django_db  # a page for staff asks how the sending goes
def test_working_pages_are_dense_and_bring_their_own_styles():
    html = page("work", user=person(role="clinician"))
    assert 'data-density="work"' in html and "css/work" in html
    assert "css/work" not in page("home", user=person())


def test_scripts_carry_the_nonce_of_the_answer():
    html = page("home", request=SimpleNamespace(csp_nonce="abc"))
    assert html.count("<script") == html.count('nonce="abc"') == 2


@pytest.mark.parametrize("name", ["400", "500"])
def test_a_page_for_a_broken_request_stands_without_any_context(name):
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html and 'href="/"' in html


@pytest.mark.parametrize("name", ["403", "404"])
def test_a_refusal_says_what_to_do_next(name):
    html = render_to_string(f"{name}.html", {"user": NOBODY})
    assert html.count("<h1>") == 1 and 'class="btn"' in html


def test_the_welcome_promises_nothing_and_says_what_it_cannot_do():
    text = re.sub(r"<[^>]+>|\s+", " ", render_to_string("welcome.html", {"user": NOBODY}))
    assert "makes no diagnosis" in text and "Nobody watches your entries" in text
    assert not re.search(r"\b(treats?|heals?|cures?|therapy|safe to run|guarantee\w*)\b", text, re.I)


def templates():
    return sorted(
        path for path in TEMPLATES.rglob("*.html") if "email" not in path.parts and "messages" not in path.parts
    )


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_keeps_to_the_content_policy(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|[=(]data:|\|safe\b|autoescape off", source)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=.application/json.))", source)
    assert "http://" not in source and "https://" not in source.replace("https://www.w3.org", "")


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_speaks_calmly(path):
    words = re.sub(
        r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!doctype[^>]*>|<[^>]*>|{{.*?}}|!=", "", path.read_text(), flags=re.S
    )
    assert "!" not in words and "—" not in words


def weight(*names):
    return len(gzip.compress(b"".join(Path(finders.find(f"recovery/{name}")).read_bytes() for name in names), 9))


def test_styles_of_a_patient_s_page_stay_under_sixteen_kilobytes():
    assert weight("css/tokens.css", "css/app.css") < 14_000


def test_styles_and_scripts_of_a_first_visit_stay_under_twenty_five_kilobytes():
    assert weight("css/tokens.css", "css/app.css", "js/app.js", "icons/sprite.svg", "icons/icon.svg") < 18_000
