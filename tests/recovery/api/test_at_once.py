"""A phone that sends everything twice at once is still heard once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from recovery.models import CheckIn, Decision
from tests.factories import DAY_1, open_episode

from .asking import Caller, check_in_body

KEY = UUID("6f1c8a52-33f4-4d0e-9a3c-0f3b1c0d2e11")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("keys", "others"), [([KEY] * 8, 200), ([uuid4() for _ in range(8)], 409)])
def test_of_eight_check_ins_for_one_day_sent_at_once_one_is_kept(clock, keys, others):
    phone = Caller(open_episode().patient)

    def post(key):
        try:
            return phone.ask("POST", "check-ins/", check_in_body(DAY_1, key)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(post, keys))
    assert answers == sorted([201] + [others] * 7)
    assert CheckIn.objects.count() == Decision.objects.filter(check_in__isnull=False).count() == 1
