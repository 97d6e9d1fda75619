"""Columns of answers that the database holds sealed: a whole list, or the warning signs inside a mapping."""

import json

from django.db import models

from ..sealing import is_newest, is_sealed, seal, unseal
from .sealed import SealedTextField

BLOCK = 64  # characters an answer is filled up to, so that its length says nothing about what was ticked


class SealedListField(SealedTextField):
    """What a person ticked: sealed as a whole, an empty list too; the database cannot be asked about it."""

    questions = ("isnull",)  # an empty list is sealed too, each time otherwise: none is ever equal to another
    _pyi_private_set_type: list  # what type checkers go by: neither is a text in the code
    _pyi_private_get_type: list

    def __init__(self, *args, **options):
        options.setdefault("default", list)
        super().__init__(*args, **options)

    def get_prep_value(self, value):
        return None if value is None else seal(_filled_up(json.dumps(list(value))), self.place)

    def from_db_value(self, value, expression, connection):
        return None if value is None else json.loads(unseal(value, self.place))

    def to_python(self, value):
        return json.loads(value) if isinstance(value, str) else value


class SealedSignsField(models.JSONField):
    """A mapping of figures that may name warning signs; only those are sealed, the rest stays as it is."""

    NAMES = ("flags", "stop_flags", "cautions", "window")  # the window holds the answers of the last days

    @property
    def place(self) -> str:
        """Where it belongs; a sealed list moved elsewhere does not open."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value):
        return super().get_prep_value(self._each(value, self._seal))

    def from_db_value(self, value, expression, connection):
        return self._each(super().from_db_value(value, expression, connection), self._open)

    def is_old(self, value) -> bool:
        """Whether what is stored names signs in the open, or under an older key."""
        found = [value.get(name) for name in self.NAMES if value.get(name)]
        return any(not (isinstance(each, str) and is_newest(each)) for each in found)

    def anew(self, value):
        """What is stored, with its signs under the newest key."""
        return self._each(value, lambda stored: self._seal(self._open(stored)))

    def _each(self, value, change):
        if not isinstance(value, dict) or not any(value.get(name) for name in self.NAMES):
            return value
        return {key: change(inner) if key in self.NAMES and inner else inner for key, inner in value.items()}

    def _seal(self, signs):
        if isinstance(signs, str):
            return signs
        return seal(_filled_up(json.dumps(list(signs))), self.place)

    def _open(self, stored):
        return json.loads(unseal(stored, self.place)) if isinstance(stored, str) and is_sealed(stored) else stored


def _filled_up(text: str) -> str:
    return text.ljust(-(-len(text) // BLOCK) * BLOCK)
