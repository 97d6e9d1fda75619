"""What a runner does in the browser."""

import re
from datetime import date, timedelta
from itertools import count

from tests.browser.stage import PASSWORD
from tests.browser.visitor import Visitor

_numbers = count(1)


def sign_up(runner: Visitor, mailbox) -> str:
    """A new account, with the code from the e-mail; the address that was used."""
    address = f"newcomer{next(_numbers)}@example.test"
    runner.go("/")
    runner.follow("Create an account")
    runner.page.get_by_label("What should we call you?").fill("Noor")
    runner.page.get_by_label("Email address").fill(address)
    runner.page.get_by_label("Password").fill(PASSWORD)
    runner.press("Continue")
    runner.page.get_by_label("Code").fill(_code(mailbox, address))
    runner.press("Continue")
    runner.page.wait_for_url("**/start/")
    return address


def _code(mailbox, address: str) -> str:
    mailbox.wait_for(1)
    letter = mailbox.sent_to(address)[-1].get_content()
    return re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)?)\s*$", letter, re.MULTILINE)[1]


def answer_intake(runner: Visitor) -> None:
    """A back that began to hurt six days ago, and nothing to worry about."""
    began = (date.today() - timedelta(days=6)).isoformat()
    runner.answer("Do you have any of these now?", "None of these")
    runner.answer("And any of these?", "None of these")
    runner.answer("Does any of this describe you?", "None of these")
    for question in ("on average", "at its worst", "got up this morning", "normal day"):
        runner.score(question, 5)
    runner.page.get_by_label("The day your back pain began").fill(began)
    runner.page.get_by_label("The day of your last run").fill(began)
    runner.answer("first spell", "No")
    runner.page.get_by_label("Your age in years").fill("34")
    runner.press("Show me where I start")


def start(runner: Visitor, mailbox) -> str:
    """A new runner, as far as the first look at Today."""
    address = sign_up(runner, mailbox)
    answer_intake(runner)
    runner.page.wait_for_url("**/today/")
    return address


def begin_check_in(runner: Visitor, average: int) -> None:
    """The first tap on Today is the first answer."""
    runner.tap(runner.page.locator(f'button[name="average"][value="{average}"]'))
    runner.page.wait_for_url("**/check-in/**")


def answer_the_rest(runner: Visitor, number: int) -> None:
    """Every other question of a usual day, without the last button."""
    for question in ("at its worst", "got up this morning", "normal day"):
        runner.score(question, number)
    runner.answer("Today’s", "None planned")
    medicine = runner.page.get_by_role("group", name="Pain medicine")
    if "every day now" in medicine.inner_text():
        runner.answer("Pain medicine", "None")
    runner.answer("Anything new or worrying", "No")
