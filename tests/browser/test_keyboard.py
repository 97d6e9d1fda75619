"""With a keyboard alone: what has the focus is seen, and the whole check-in can be answered."""

from tests.browser.runner import start

WHERE_FOCUS_IS = """() => {
  const target = document.activeElement.closest('label') ?? document.activeElement;
  if (target === document.body) return null;
  const box = target.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const rings = [target, ...target.querySelectorAll('*')].map(part => getComputedStyle(part));
  return {
    name: target.outerHTML.slice(0, 90),
    covered: !target.contains(top),
    marked: rings.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
  };
}"""
ANSWERS = {"worst": "5", "morning": "3", "function": "2", "session_status": "none", "worried": "no"}


def stops(page) -> list[dict]:
    """Every place the Tab key stops at, from the top of the page to its end."""
    found = []
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(WHERE_FOCUS_IS)
        if focus is None or (found and focus["name"] == found[0]["name"]):
            break
        found.append(focus)
    return found


def test_focus_is_visible_and_never_under_a_bar(visit, smtp_sink):
    runner = visit()
    start(runner, smtp_sink)
    for path, least in {"/check-in/?average=4": 10, "/today/": 15, "/settings/": 15}.items():
        runner.go(path)
        found = stops(runner.page)
        assert len(found) >= least
        assert not [each for each in found if each["covered"] or not each["marked"]]


def test_a_check_in_is_sent_with_the_keyboard(visit, smtp_sink):
    runner = visit()
    start(runner, smtp_sink)
    runner.go("/check-in/?average=4")
    for name, value in ANSWERS.items():
        runner.page.locator(f"input[name={name}]").first.focus()
        _choose(runner.page, value)
    runner.page.keyboard.press("Enter")
    runner.page.wait_for_url("**/decisions/**")


def _choose(page, value: str) -> None:
    """Walks through a group of radios with the arrow keys until the value is chosen."""
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be reached")
