"""Reading and sending the pages of a draft the way a browser does."""

from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

KEY = "lower-back-running"


class Fields(HTMLParser):
    """Every value the forms of a page would send if nothing was touched."""

    def __init__(self, html: str):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._area = self._select = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "textarea":
            self._area, self.values[name] = name, [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.values[self._select] = [given.get("value", "")]
        elif tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio"):
                self.values[name] = [given.get("value", "")]
            elif "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on"))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.values[self._area] = [self.values[self._area][0].removeprefix("\n")]
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area:
            self.values[self._area][0] += data


def address(name: str, *where) -> str:
    """The address of a page of the shipped plan."""
    return reverse(f"plans:{name}", args=[KEY, *where])


def fields(client: Client, url: str) -> dict[str, list[str]]:
    """What the page at an address would send if nothing was touched."""
    return Fields(client.get(url).content.decode()).values


def send(client: Client, url: str, seen: dict | None = None, **changes):
    """Opens a page (or takes what was seen earlier), changes some fields and sends it."""
    values = dict(seen or fields(client, url))
    values.update({name.replace("__", "-"): value for name, value in changes.items()})
    return client.post(url, values)
