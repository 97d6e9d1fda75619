"""The same seed tells the same past."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from recovery.models import CheckIn, Decision, OutboxMessage
from recovery.services.demo import seeding
from tests.lives import shipped_document

NOW = datetime(2026, 6, 3, 17, tzinfo=UTC)


def past(number: int) -> list:
    """What a seeding leaves behind, without the random keys of its rows; then takes it back."""
    with transaction.atomic():
        seeding.seed(shipped_document(), "a password", NOW, number, patients=1)
        left = [
            *CheckIn.objects.order_by("received_at").values_list("key", "day", "average", "received_at"),
            *Decision.objects.order_by("decided_at", "day").values_list("day", "outcome", "rule", "decided_at"),
            *OutboxMessage.objects.order_by("created_at", "kind", "recipient__email").values_list("kind", "created_at"),
        ]
        transaction.set_rollback(True)
    return left


@pytest.mark.django_db
def test_one_seed_gives_one_past():
    first = past(7)
    assert first == past(7)
