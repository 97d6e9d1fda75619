"""Words for rules, notices and warning signs, rendered from templates/recovery/rules."""

from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe

FOLDER = "recovery/rules"


def of_finding(finding, part: str) -> SafeString:
    """The title, score, sentence (patient or clinician) or headline of one finding."""
    return _words("finding", {"finding": finding, "part": part})


def of_notice(code: str, part: str, figures: dict | None = None) -> SafeString:
    """The title, sentence or action of one notice."""
    return _words("notice", {"code": code, "part": part, "figures": figures or {}})


def of_flag(code: str, audience: str = "patient") -> SafeString:
    """A warning sign or a caution in words."""
    return _words("flag", {"code": code, "audience": audience})


def _words(template: str, context: dict) -> SafeString:
    text = render_to_string(f"{FOLDER}/{template}.html", context)
    return mark_safe(" ".join(text.split()))  # noqa: S308 - already escaped by the template


lazy_flag = lazy(of_flag, str)
