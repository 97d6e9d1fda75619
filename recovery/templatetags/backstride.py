"""All components of the pages in one library: icons and states here, questions from pads, drawings from drawings."""

from django import template
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html

from accounts.services.marks import mark_of

from . import drawings, pads, watch

register = template.Library()
for part in (pads.register, drawings.register, watch.register):
    register.tags.update(part.tags)
    register.filters.update(part.filters)

SPRITE = "recovery/icons/sprite.svg"
KIND_OF_OUTCOME = {
    "advance": "advance",
    "level_up": "advance",
    "hold": "hold",
    "step_back": "back",
    "level_down": "back",
    "stop": "stop",
    "stopped": "stop",
    "override": "body",
    "clearance": "body",
    "reintake": "quiet",
    "no_check_in": "quiet",
}
ICON_OF_KIND = {"body": "pen", "quiet": "quiet"}
TAB_OF_VIEW = {
    "patient:today": "today",
    "patient:check_in": "today",
    "patient:correct": "today",
    "patient:decision": "today",
    "patient:activities": "today",
    "patient:exercise": "today",
    "patient:session": "today",
    "patient:session_of": "today",
    "patient:run": "today",
    "patient:prevention": "today",
    "patient:flare": "today",
    "patient:waiting": "today",
    "patient:progress": "progress",
    "patient:summary": "progress",
    "patient:learn": "learn",
    "patient:article": "learn",
    "patient:settings": "settings",
    "patient:reminder": "settings",
    "patient:time_zone": "settings",
    "patient:devices": "settings",
    "patient:sent": "settings",
    "patient:number": "settings",
    "patient:prove_number": "settings",
    "clinic:panel": "panel",
    "clinic:patient": "panel",
    "clinic:escalation": "panel",
    "clinic:invitations": "invitations",
    "clinic:hours": "hours",
    "plans:list": "plans",
    "plans:draft": "plans",
    "plans:publish": "plans",
    "plans:version": "plans",
    "sending:show": "sending",
}


register.filter("mark", mark_of)


@register.simple_tag(name="icon")
def icon_svg(name: str, classes: str = "") -> str:
    """A decorative icon of the sprite; the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        f" {classes}" if classes else "",
        static(SPRITE),
        name,
    )


@register.filter
@stringfilter
def kind(outcome: str) -> str:
    """The hue of an outcome: advance, hold, back, stop, body or quiet; use it as `is-{{ outcome|kind }}`."""
    return KIND_OF_OUTCOME.get(outcome, "quiet")


@register.filter
def kind_icon(kind: str | None) -> str:
    """The icon that always goes with a kind; nothing for no kind."""
    return ICON_OF_KIND.get(kind, kind or "")


@register.filter
@stringfilter
def place(zone: str) -> str:
    """The place an IANA zone is named after: New York for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def minutes(seconds: int) -> int:
    """Seconds in whole minutes."""
    return round(seconds / 60)


@register.simple_tag(takes_context=True)
def nonce(context) -> str:
    """The attribute that lets a script of this answer run; nothing where a page is made without a request."""
    value = getattr(context.get("request"), "csp_nonce", None)
    return "" if value is None else format_html(' nonce="{}"', value)


@register.inclusion_tag("components/tag.html")
def tag(text: str, kind: str = "quiet", icon: str = "") -> dict:
    """A state in one or two words with its shape."""
    return {"text": text, "kind": kind, "icon": icon or kind_icon(kind)}


@register.inclusion_tag("components/outcome_tag.html")
def outcome_tag(outcome: str, voice: str = "patient") -> dict:
    """The tag of a decision: Move on, Stay here, One step back; voice="clinic" says Held."""
    return {"outcome": outcome, "kind": kind(outcome), "icon": kind_icon(kind(outcome)), "voice": voice}


@register.inclusion_tag("components/phase_name.html")
def phase_name(phase: str | int, short: bool = False) -> dict:
    """The name of a phase by its key or its number from 1 to 6."""
    return {"phase": str(phase), "short": short}


@register.simple_tag(takes_context=True)
def current_tab(context) -> str:
    """The tab to mark: `tab` from the view, or the one its URL name belongs to."""
    match = getattr(context.get("request"), "resolver_match", None)
    return context.get("tab") or TAB_OF_VIEW.get(getattr(match, "view_name", ""), "")


@register.simple_block_tag
def note(content: str, kind: str = "", icon: str = "info") -> str:
    """A message inside a page: {% note "hold" "hold" %}words{% endnote %}."""
    return format_html(
        '<div class="note{}">{}<div>{}</div></div>', f" is-{kind}" if kind else "", icon_svg(icon), content
    )


@register.inclusion_tag("components/dose.html")
def dose_text(dose, sides: str = "none") -> dict:
    """How much of an exercise, in one line; takes a mapping or an object with the dose's fields."""
    return {"dose": dose, "sides": sides}
