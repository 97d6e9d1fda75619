"""Answers a patient's doors have in common: redirects after a write, words after an action."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string

FOLDER = "recovery/patient/messages"


class SeeOther(HttpResponseRedirect):
    """The answer to a form that was accepted: go and look at the result."""

    status_code = 303


def see_other(name: str, *args) -> SeeOther:
    """A redirect after a write to one of our own pages."""
    return SeeOther(resolve_url(name, *args))


def is_for_keeping(request) -> bool:
    """Whether the phone's worker asks, to keep the page for later; nobody has seen it then."""
    return request.headers.get("Backstride-Keeps") == "yes"


def say(request, name: str, **context) -> None:
    """A banner on the next page; its words live in templates/recovery/patient/messages."""
    messages.success(request, render_to_string(f"{FOLDER}/{name}.txt", context).strip())


def posted(request):
    """What a form was sent with, even when that is nothing; None when it was only asked for."""
    return request.POST if request.method == "POST" else None
