"""The page of worked cases says what the table says."""

from tests.rules.vignettes import VIGNETTES
from tests.rules.worked_cases_page import PAGE, page


def test_the_page_is_up_to_date():
    sentence = "docs/worked-cases.md is out of date: run python -m tests.rules.worked_cases_page"
    assert PAGE.read_text(encoding="utf-8") == page(), sentence


def test_all_forty_cases_stand_on_it_in_order():
    assert [vignette.id for vignette in VIGNETTES] == [f"W{number:02d}" for number in range(1, 41)]
    assert page().count("\n| W") == 40
