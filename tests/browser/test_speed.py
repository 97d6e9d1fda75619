"""How soon Today and the check-in stand still on a slow phone network."""

import pytest

from tests.browser.figures import measured

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # 1.6 Mbit/s
WATCH = """() => {
  window.largest = 0; window.shifted = 0;
  const watch = (type, act) => new PerformanceObserver(list => list.getEntries().forEach(act))
    .observe({type, buffered: true});
  watch('largest-contentful-paint', entry => { window.largest = entry.startTime; });
  watch('layout-shift', entry => { if (!entry.hadRecentInput) window.shifted += entry.value; });
}"""


@pytest.mark.parametrize("path", ["/today/", "/check-in/"])
def test_a_page_stands_soon_and_does_not_jump(visit, path):
    runner = visit(service_workers="block").sign_in("quick@demo.test")
    cdp = runner.context.new_cdp_session(runner.page)
    cdp.send("Network.enable")
    cdp.send("Network.clearBrowserCache")
    cdp.send("Network.emulateNetworkConditions", SLOW)
    runner.go(path)
    runner.page.evaluate(WATCH)
    runner.page.wait_for_timeout(1000)  # what jumps does so within a second
    measured(f"U2 largest paint of {path} at 1.6 Mbit/s and 150 ms", round(runner.page.evaluate("largest")), 1500, "ms")
    measured(f"U2 layout shift of {path}", round(runner.page.evaluate("shifted"), 4), 0.02)
