"""Without a network: what was kept opens, for the person it was kept for and nobody else."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.runner import answer_the_rest
from tests.browser.visitor import Visitor

KEPT = """async person => {
  const opening = indexedDB.open('backstride');
  const store = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const all = store.transaction('pages').objectStore('pages').getAll();
  const pages = await new Promise(done => { all.onsuccess = () => done(all.result); });
  store.close();
  return pages.map(page => page.path);
}"""
# Everything a look at the disk could read: what is stored beside the locked bytes, and every cached answer.
READABLE = """async () => {
  const opening = indexedDB.open('backstride');
  const store = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const found = [];
  for (const name of store.objectStoreNames) {
    const all = store.transaction(name).objectStore(name).getAll();
    const rows = await new Promise(done => { all.onsuccess = () => done(all.result); });
    const text = value => value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value;
    found.push(JSON.stringify(rows, (key, value) => text(value)));
  }
  store.close();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  return found.join('\\n');
}"""


def wait_until_kept(runner: Visitor) -> list[str]:
    """The addresses the phone holds, once it is done with keeping them."""
    runner.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    done = """async () => new Promise(answer => {
      indexedDB.open('backstride').onsuccess = ({target}) => {
        const store = target.result;
        if (!store.objectStoreNames.contains('facts')) return store.close(), answer(false);
        const asked = store.transaction('facts').objectStore('facts').get('kept');
        asked.onsuccess = () => { store.close(); answer(Boolean(asked.result)); };
      };
    })"""
    runner.until(done)
    return runner.page.evaluate(KEPT)


@pytest.fixture
def runner(visit) -> Visitor:
    """A runner whose phone has kept its pages and has lost the network."""
    runner = visit().sign_in("plateau@demo.test")
    runner.go("/today/")
    wait_until_kept(runner)
    runner.lose_network()
    return runner


def test_the_manifest_makes_it_installable(visit):
    visitor = visit()
    visitor.go("/")
    cdp = visitor.context.new_cdp_session(visitor.page)
    manifest = json.loads(cdp.send("Page.getAppManifest")["data"])
    assert manifest["display"] == "standalone"
    errors = cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}  # a window of a test always is


def test_today_help_activities_and_a_timer_open_without_a_network(runner):
    for path, heading in {
        "/today/": "",
        "/urgent-help/": "Does something feel wrong?",
        "/activities/": "Today’s activities",
    }.items():
        runner.go(path)
        expect(runner.page.locator("h1")).to_contain_text(heading)
        expect(runner.page.locator(".banner--kept")).to_be_visible()
    runner.page.locator("a.row[href*='/exercises/']").first.click()
    expect(runner.page.locator(".banner--kept")).to_be_visible()
    runner.inspect("exercise-offline")


def test_a_page_that_was_not_kept_is_explained(runner):
    runner.go("/progress/")
    expect(runner.page.locator("h1")).to_contain_text("cannot be reached")
    runner.inspect("offline")
    runner.follow("See how to get help")
    expect(runner.page.locator("h1")).to_contain_text("Does something feel wrong?")


def test_a_stranger_without_a_network_still_finds_help(visit):
    visitor = visit()
    visitor.go("/")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    visitor.lose_network()
    visitor.go("/urgent-help/")
    expect(visitor.page.get_by_role("link", name="Call 112")).to_be_visible()


def test_signing_out_leaves_nothing_personal(visit):
    runner = visit().sign_in("plateau@demo.test")
    runner.go("/today/")
    assert "/today/" in wait_until_kept(runner)
    runner.go("/accounts/logout/")
    runner.press("Sign out")
    runner.page.wait_for_url(lambda address: "logout" not in address)
    runner.until(f"async () => (await ({KEPT})()).length === 0")
    runner.lose_network()
    runner.go("/today/")
    expect(runner.page.locator("h1")).to_contain_text("cannot be reached")


def test_the_next_person_never_sees_the_last_ones_pages(visit, stage):
    visitor = visit().sign_in("plateau@demo.test")
    visitor.go("/today/")
    wait_until_kept(visitor)
    visitor.context.clear_cookies()
    visitor.sign_in("clinician@demo.test")
    visitor.until(f"async () => (await ({KEPT})()).length === 0")
    visitor.lose_network()
    visitor.go("/today/")
    expect(visitor.page.locator("h1")).to_contain_text("cannot be reached")


def test_nothing_that_is_kept_can_be_read_on_the_disk(visit):
    runner = visit().sign_in("plateau@demo.test")
    runner.go("/today/")
    wait_until_kept(runner)
    readable = runner.page.evaluate(READABLE)
    assert "/urgent-help/" in readable
    for private in ("plateau@demo.test", "Pain this week", "csrfmiddlewaretoken", "Your road"):
        assert private not in readable


def kept_rows(stage, email: str) -> int:
    question = "select count(*) from recovery_checkin c join accounts_user u on c.patient_id = u.id where u.email = ?"
    return stage.rows(question, email)[0][0]


def test_a_check_in_without_a_network_is_kept_and_sent_once_for_the_right_day(visit, stage):
    runner = visit().sign_in("silent@demo.test")
    before = kept_rows(stage, "silent@demo.test")
    runner.go("/today/")
    wait_until_kept(runner)
    runner.lose_network()
    runner.go("/check-in/?average=3")
    answer_the_rest(runner, 3)
    runner.press("Show me today’s plan")
    expect(runner.page.locator("h1")).to_have_text("Your check-in is safe.")
    runner.inspect("waiting")
    assert kept_rows(stage, "silent@demo.test") == before
    runner.find_network()
    runner.page.wait_for_url("**/decisions/**")
    assert kept_rows(stage, "silent@demo.test") == before + 1
