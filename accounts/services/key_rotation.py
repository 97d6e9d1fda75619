"""Sealing again, with the newest key, what an older one sealed or none did; while everybody goes on working."""

import json
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection

from .. import sealing
from ..models.sealed import SealedTextField
from ..models.sealed_json import SealedSignsField

PORTION = 500
SEED_PLACE = "mfa_authenticator.data"


def sealed_columns() -> Iterator[SealedTextField]:
    """Every sealed column of every model."""
    for model in apps.get_models():
        yield from (field for field in model._meta.concrete_fields if isinstance(field, SealedTextField))


def columns_with_signs() -> Iterator[SealedSignsField]:
    """Every column whose mappings may name warning signs."""
    for model in apps.get_models():
        yield from (field for field in model._meta.concrete_fields if isinstance(field, SealedSignsField))


def rotate() -> int:
    """Returns how many texts were sealed anew. A text somebody changes meanwhile is left to them."""
    texts = sum(_rotate(field) for field in sealed_columns())
    return texts + sum(_rotate_signs(field) for field in columns_with_signs()) + _rotate_seeds()


def missing_key() -> str | None:
    """The name of a key that something stored needs and nobody gave us; None when every text can be opened."""
    return next((name for field in sealed_columns() for name in _used(field) if not sealing.has_key(name)), None)


def _used(field: SealedTextField) -> list[str]:
    table, column, _ = (connection.ops.quote_name(n) for n in _names(field))
    with connection.cursor() as cursor:
        length = len(sealing.MARK) + sealing.NAME
        cursor.execute(
            f"select distinct substr({column}, 1, {length}) from {table} where {column} like %s",  # noqa: S608
            [f"{sealing.MARK}%"],
        )
        return sorted(beginning.removeprefix(sealing.MARK) for (beginning,) in cursor.fetchall())


def _rotate(field: SealedTextField) -> int:
    table, column, key = (connection.ops.quote_name(n) for n in _names(field))
    done, after = 0, None
    while rows := _stored(field, after):
        after = rows[-1][0]
        for pk, text in rows:
            if sealing.is_newest(text):
                continue
            anew = sealing.seal(sealing.unseal(text, field.place), field.place)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"update {table} set {column} = %s where {key} = %s and {column} = %s",  # noqa: S608 - our names
                    [anew, pk, text],
                )
                done += cursor.rowcount
    return done


def _stored(field: SealedTextField, after) -> list[tuple]:
    """The next portion of texts as the database holds them, by primary key."""
    table, column, key = (connection.ops.quote_name(n) for n in _names(field))
    behind, values = (f" and {key} > %s", [after]) if after is not None else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {key}, {column} from {table} where {column} <> ''{behind} order by {key} limit {PORTION}",  # noqa: S608
            values,
        )
        return cursor.fetchall()


def _names(field: SealedTextField) -> tuple[str, str, str]:
    meta = field.model._meta
    return meta.db_table, field.column, meta.pk.column


def _rotate_signs(field: SealedSignsField) -> int:
    """The warning signs inside mappings; a row somebody changes meanwhile is left to them."""
    table, column, key = (connection.ops.quote_name(n) for n in _names(field))
    done, after, as_text = 0, None, "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    while rows := _with_signs(field, after):
        after = rows[-1][0]
        for pk, text in rows:
            if not field.is_old(stored := json.loads(text)):
                continue
            anew = json.dumps(field.anew(stored))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"update {table} set {column} = {as_text} where {key} = %s and {column} = {as_text}",  # noqa: S608
                    [anew, pk, text],
                )
                done += cursor.rowcount
    return done


def _with_signs(field: SealedSignsField, after) -> list[tuple]:
    """The next portion of mappings that name signs, by primary key."""
    table, column, key = (connection.ops.quote_name(n) for n in _names(field))
    behind, values = (f" and {key} > %s", [after]) if after is not None else ("", [])
    text = f"cast({column} as text)"
    named = " or ".join([f"{text} like %s"] * len(field.NAMES))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {key}, {text} from {table} where ({named}){behind} order by {key} limit {PORTION}",  # noqa: S608
            [*(f'%"{name}":%' for name in field.NAMES), *values],
        )
        return cursor.fetchall()


def _rotate_seeds() -> int:
    """The secrets of second factors, which allauth keeps inside a JSON column."""
    done = 0
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).iterator():
        anew = {name: _anew(value) for name, value in row.data.items()}
        if anew != row.data:
            done += Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=anew)
    return done


def _anew(value):
    if isinstance(value, list):
        return [_anew(inner) for inner in value]
    if not isinstance(value, str) or sealing.is_newest(value):
        return value
    return sealing.seal(sealing.unseal(value, SEED_PLACE), SEED_PLACE)
