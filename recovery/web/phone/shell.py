"""What a phone keeps of the product itself: the pages that are nobody's, and the files every page needs."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

WORKER = "recovery/js/worker/main.js"
FILES = (
    "recovery/css/tokens.css",
    "recovery/css/app.css",
    "recovery/icons/icon.svg",
    "recovery/icons/sprite.svg",
    "recovery/js/alerts.js",
    "recovery/js/app.js",
    "recovery/js/phone.js",
    "recovery/js/phone/answers.js",
    "recovery/js/phone/clock.js",
    "recovery/js/phone/queue.js",
    "recovery/js/phone/seal.js",
    "recovery/js/phone/sent.js",
    "recovery/js/phone/store.js",
    "recovery/js/push-known.js",
)


def shell() -> dict:
    """The addresses to keep, and a version that is another one whenever anything in them is."""
    return {
        "version": _version(),
        "offline": reverse("phone:offline"),
        "today": reverse("patient:today"),
        "waiting": reverse("patient:waiting"),
        "kept": reverse("patient:kept"),
        # Opened without a network, the first of each pair is answered with the second.
        "standIns": {"/": reverse("patient:today"), reverse("patient:check_in"): reverse("patient:blank")},
        "stopped": [reverse("patient:activities"), "/exercises/"],
        "pages": [reverse("phone:offline"), reverse("patient:urgent_help")],
        "files": [static(name) for name in FILES],
    }


@cache
def _version() -> str:
    """Read once by each process: a release restarts them all."""
    folders = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    words = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    scripts = sorted(Path(finders.find(WORKER)).parents[1].rglob("*.js"))
    content = hashlib.sha256(f"{settings.EMERGENCY_NUMBER} {settings.URGENT_CARE_NUMBER}".encode())
    for path in (*words, *scripts, *(Path(finders.find(name)) for name in FILES)):
        content.update(path.read_bytes())
    return content.hexdigest()[:16]
