"""A changed push subscription is renewed by the worker: told once, with the old one as proof, and noted only then."""

import pytest

from tests.browser.test_offline import wait_until_kept

# The worker with a subscription of our making, a server that answers as told, and what it was told.
PREPARE = """async status => {
  const bytes = text => new TextEncoder().encode(text).buffer;
  const unsubscribe = async () => { self.ended = true; };
  const fake = { endpoint: 'https://push.test/new', getKey: name => bytes(name), unsubscribe };
  self.registration.pushManager.getSubscription = async () => fake;
  self.told = [];
  self.fetch = async (address, { body }) => {
    self.told.push([address, Object.fromEntries(body)]);
    return new Response(null, { status });
  };
  const opening = indexedDB.open('backstride');
  const store = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const change = store.transaction('facts', 'readwrite');
  change.objectStore('facts').put({ address: 'https://push.test/old', secret: 'old secret' }, 'push');
  await new Promise(done => { change.oncomplete = done; });
  store.close();
}"""
CHANGE = """async () => {
  const event = new ExtendableEvent('pushsubscriptionchange');
  const waited = [];
  event.waitUntil = promise => waited.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waited);
  const opening = indexedDB.open('backstride');
  const store = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const asked = store.transaction('facts').objectStore('facts').get('push');
  const noted = await new Promise(done => { asked.onsuccess = () => done(asked.result); });
  store.close();
  return { told: self.told, noted: noted && noted.address, ended: Boolean(self.ended) };
}"""


@pytest.fixture
def worker(visit):
    runner = visit().sign_in("plateau@demo.test")
    runner.go("/today/")
    wait_until_kept(runner)
    return runner.page.context.service_workers[0]


def test_a_changed_subscription_is_told_once_with_the_old_one_as_proof(worker):
    worker.evaluate(PREPARE, 204)
    worker.evaluate(CHANGE)
    found = worker.evaluate(CHANGE)
    ((address, said),) = found["told"]
    assert address == "/phone/push/" and (said["old"], said["proof"]) == ("https://push.test/old", "old secret")
    assert said["address"] == found["noted"] == "https://push.test/new" and said["key"] and said["secret"]


def test_what_could_not_be_told_is_told_next_time(worker):
    worker.evaluate(PREPARE, 503)
    worker.evaluate(CHANGE)
    found = worker.evaluate(CHANGE)
    assert len(found["told"]) == 2 and found["noted"] == "https://push.test/old" and not found["ended"]


def test_a_device_that_was_removed_is_notified_no_more(worker):
    worker.evaluate(PREPARE, 404)
    found = worker.evaluate(CHANGE)
    assert found["ended"] and found["noted"] is None
