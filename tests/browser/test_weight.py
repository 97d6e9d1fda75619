"""What a first visit to Today costs over the wire."""

from tests.browser.figures import measured

LIMIT, LIMIT_OF_CODE = 60, 25  # kB


def test_a_first_visit_to_today_is_light(visit):
    runner = visit(service_workers="block").sign_in("plateau@demo.test")  # a first visit has no worker yet
    cdp = runner.context.new_cdp_session(runner.page)
    cdp.send("Network.enable")
    cdp.send("Network.clearBrowserCache")
    kinds, sizes = {}, {}
    cdp.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    cdp.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    runner.go("/today/")
    runner.page.wait_for_load_state("networkidle")
    code = sum(size for key, size in sizes.items() if kinds.get(key) in ("Stylesheet", "Script"))
    assert len(sizes) >= 4
    measured("U2 first visit to Today, all of it", round(sum(sizes.values()) / 1000, 1), LIMIT, "kB")
    measured("U2 first visit to Today, styles and scripts", round(code / 1000, 1), LIMIT_OF_CODE, "kB")
