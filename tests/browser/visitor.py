"""Somebody with a browser, whose every page is watched for complaints."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from tests.browser.figures import looked
from tests.browser.stage import PASSWORD, Stage

USUAL, DOUBLE = "", "calc(2 * var(--text-m))"
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
TABLET = {"width": 820, "height": 1180}
SCREENS = Path(os.environ.get("SCREENS", "build/screens"))
SMALLEST_TARGET = 48
# What is tapped is the label where there is one around the control. Links inside sentences are no targets of their own.
TOO_SMALL = """smallest => [...document.querySelectorAll(
    'button:not(.vh), summary, select, textarea, input:not([type=hidden]), .btn, .row:is(a), .tabs a')]
  .map(control => control.closest('label') ?? control)
  .filter(target => target.checkVisibility({visibilityProperty: true}))
  .map(target => [target, target.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < smallest - .5 || box.width < smallest - .5))
  .map(([target, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${target.outerHTML.slice(0, 90)}`)"""
# Nothing when the page fits, else its innermost parts that stick out.
BEYOND_SCREEN = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const sticksOut = part => part.checkVisibility() && part.getBoundingClientRect().right > width;
  return [...document.querySelectorAll('body *')]
    .filter(part => sticksOut(part) && ![...part.children].some(sticksOut))
    .map(part => `${Math.round(part.getBoundingClientRect().right)}: ${part.outerHTML.slice(0, 90)}`)
    .concat(`${document.documentElement.scrollWidth}: the page`);
}"""


class Visitor:
    """One browser window with its own cookies."""

    def __init__(self, browser: Browser, stage: Stage, size: dict = PHONE, **how):
        self.stage, self.size = stage, size
        is_phone = size["width"] < 700
        self.context = browser.new_context(
            viewport=size,
            has_touch=is_phone,
            is_mobile=is_phone,
            base_url=stage.address,
            timezone_id="Europe/Amsterdam",
            locale="en-GB",
            reduced_motion="reduce",
            **how,
        )
        self.context.set_default_timeout(15000)
        self.complaints: list[str] = []
        self.taps = 0
        self.expects_refusal = False
        self.has_network = True
        self.complains_of_refusals = True
        self.page = self.open_page()

    def open_page(self) -> Page:
        """A window of the same browser."""
        return self._watched(self.context.new_page())

    def _watched(self, page: Page) -> Page:
        """Console errors, script failures, answers of 500 and requests to other machines are complaints."""
        page.on("console", lambda line: self._console(line))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", lambda answer: self._answer(answer))
        page.on("request", lambda request: self._request(request))
        return page

    def _console(self, line) -> None:
        if self.expects_refusal and "status of 400" in line.text:
            return
        if "registration blocked by Playwright" in line.text:
            return
        if not self.complains_of_refusals and "Failed to load resource" in line.text:
            return
        if not self.has_network and "Failed to load resource" in line.text:
            return
        if line.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {line.text}")

    def _answer(self, answer) -> None:
        if not self.complains_of_refusals:
            return
        if answer.status >= (401 if self.expects_refusal else 400):
            self.complaints.append(f"{answer.status} {answer.url}")

    def _request(self, request) -> None:
        if not request.url.startswith(self.stage.address):
            self.complaints.append(f"a request left for {request.url}")

    def go(self, path: str) -> Page:
        """Opens an address."""
        self.page.goto(path, wait_until="load")
        return self.page

    def sign_in(self, email: str) -> "Visitor":
        """Through the sign-in form."""
        self.go("/accounts/login/")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url(lambda address: "/accounts/" not in address)
        return self

    def press(self, name: str) -> None:
        """The button with this name."""
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """The first link with this name."""
        self.tap(self.page.get_by_role("link", name=name).first)

    def tap(self, what: Locator) -> None:
        """One tap of a thumb, or one click of a mouse."""
        self.taps += 1
        what.tap() if self.size["width"] < 700 else what.click()

    def answer(self, question: str, choice: str) -> None:
        """Taps a key or a tile of one question."""
        group = self.page.get_by_role("group", name=question).last
        self.tap(group.locator("label").filter(has_text=choice).first)

    def score(self, question: str, number: int) -> None:
        """Taps a number of a pain pad."""
        group = self.page.get_by_role("group", name=question).last
        self.tap(group.locator(f'label:has(input[value="{number}"])'))

    def inspect(self, name: str) -> None:
        """Accessible and within the screen in light and dark; keeps a screenshot of each."""
        # Twice the text on a desk, and on the pages people read on their own phone.
        is_work = self.size == PHONE and self.page.evaluate("document.documentElement.dataset.density") == "work"
        for size, text in ((NARROW, USUAL), (self.size, USUAL if is_work else DOUBLE), (self.size, USUAL)):
            self.page.set_viewport_size(size)
            self.page.evaluate("size => document.documentElement.style.fontSize = size", text)
            beyond = self.page.evaluate(BEYOND_SCREEN)
            assert not beyond, f"{name} at {size['width']} px, text {text or 'as usual'}:\n" + "\n".join(beyond)
        if self.size == PHONE:
            small = self.page.evaluate(TOO_SMALL, SMALLEST_TARGET)
            assert not small, f"{name} has small targets:\n" + "\n".join(small)
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)
            self.keep_picture(name, theme)
            found = Axe().run(self.page)
            looked(name, self.size["width"], theme, found.violations_count)
            assert found.violations_count == 0, f"{name} in {theme}:\n{found.generate_report()}"
        assert self.page.locator("h1:visible").count() == 1, f"{name} has not exactly one h1"

    def keep_picture(self, name: str, theme: str) -> None:
        """The whole page on a screen as high as it, so that what sticks to the edges stands there."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({**self.size, "height": max(height, self.size["height"])})
        self.page.screenshot(path=SCREENS / f"{name}-{self.size['width']}-{theme}.png", full_page=True)
        self.page.set_viewport_size(self.size)

    def until(self, question: str) -> None:
        """Asks the page until the answer, which may take its time itself, is yes."""
        for _ in range(300):
            if self.page.evaluate(question):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never came true: {question}")

    def lose_network(self) -> None:
        """From here on nothing answers; what the browser says about that is no complaint."""
        self.has_network = False
        self.context.set_offline(True)

    def find_network(self) -> None:
        """The network is back."""
        self.context.set_offline(False)
        self.has_network = True

    def leave(self) -> None:
        """Closes the window; what the browser complained about is a failure."""
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)
