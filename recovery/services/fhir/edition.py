"""Which edition of a plan is written, and what each of its resources says of itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .extensions import Json

STATES = {"published": "active", "retired": "retired"}
LONGEST_ID = 64


def action_id(name: str) -> str:
    """A name as an id inside a resource, which knows no underscores."""
    return name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Edition:
    """`base` is the address resources are named under; `number` is nothing for a draft."""

    base: str
    key: str
    number: int | None
    state: str
    published_at: datetime | None
    is_approved: bool

    @property
    def version(self) -> str:
        """The number, or that it is a draft."""
        return "draft" if self.number is None else str(self.number)

    @property
    def status(self) -> str:
        """FHIR's word for where it stands."""
        return STATES.get(self.state, "draft")

    def id_of(self, part: str = "") -> str:
        """A resource's id: letters, digits, hyphens and dots only."""
        whole = "-".join(filter(None, (self.key, self.version, part)))
        return re.sub(r"[^A-Za-z0-9.-]", "-", whole)[-LONGEST_ID:]

    def url_of(self, kind: str, part: str = "") -> str:
        """The canonical address without its version."""
        return f"{self.base}/{kind}/{'-'.join(filter(None, (self.key, part)))}"

    def canonical(self, kind: str, part: str = "") -> str:
        """The canonical address of just this edition."""
        return f"{self.url_of(kind, part)}|{self.version}"

    def system(self, name: str) -> str:
        """The address of a code system of ours."""
        return f"{self.base}/CodeSystem/{name}"

    def head(self, kind: str, part: str = "") -> Json:
        """What every resource of the edition begins with."""
        named = re.sub(r"[^A-Za-z0-9]", "_", f"{self.key}_{part}" if part else self.key)
        head: Json = {
            "id": self.id_of(part),
            "url": self.url_of(kind, part),
            "version": self.version,
            "name": named[0].upper() + named[1:],
            "status": self.status,
            "experimental": not self.is_approved,
        }
        return head | ({"date": self.published_at.isoformat(timespec="seconds")} if self.published_at else {})

    def citations(self, names: Iterable[str], sources: Mapping[str, str]) -> list[Json]:
        """What something rests on; a design value cites nothing."""
        known = [name for name in names if name in sources]
        return [{"type": "citation", "label": name, "citation": sources[name]} for name in known]
