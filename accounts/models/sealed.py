"""A column of free text that the database holds sealed."""

from django.db import models

from ..sealing import seal, unseal


class SealedTextField(models.TextField):
    """Text a person wrote: sealed on its way into the database, readable in the code; it cannot be searched there."""

    questions = ("isnull", "exact")  # an empty text is not sealed: whether there is one can be asked

    @property
    def place(self) -> str:
        """Where it belongs; a sealed text moved elsewhere does not open."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else seal(value, self.place)

    def from_db_value(self, value, expression, connection):
        return value if value is None else unseal(value, self.place)

    def get_lookup(self, name):
        """Only whether there is anything at all can be asked."""
        if name not in self.questions:
            raise TypeError(f"{self.name} is sealed: the database cannot look into it with {name}.")
        return super().get_lookup(name)
