// Shows what the server pushes. The words are the same for everybody; the app itself says what it is about.
import { fact, note } from '../phone/store.js';
import { KNOWN, told } from '../push-known.js';

const RENEW = '/phone/push/';
const PLAIN = { title: 'Backstride', body: '', url: '/', tag: 'backstride' };

export function listenForPushes() {
  addEventListener('push', (event) => event.waitUntil(show(read(event.data))));
  addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));
  addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data));
  });
}

// A push must always be shown, even one that cannot be read.
function read(data) {
  try {
    return { ...PLAIN, ...data.json() };
  } catch {
    return PLAIN;
  }
}

function show({ title, body, url, tag }) {
  return registration.showNotification(title, { body, tag, data: ownAddress(url), icon: '/static/recovery/icons/icon-192.png' });
}

const ownAddress = (url) => {
  const { origin, pathname } = new URL(url, location.origin);
  return origin === location.origin ? pathname : '/';
};

// The app that is open already comes to the front; otherwise a new one opens.
async function open(url) {
  const [window] = await clients.matchAll({ type: 'window' });
  if (!window) return clients.openWindow(url);
  await window.navigate(url).catch(() => {});
  return window.focus();
}

// The browser's address has become another one: the server is told, with the old one as proof whose it was. What could
// not be said now is said when the app is opened next, for the old one stays noted until the server has answered.
export async function renew({ newSubscription, oldSubscription } = {}) {
  const known = (await fact(KNOWN)) ?? (oldSubscription && told(oldSubscription));
  if (!known) return;
  const current = newSubscription ?? (await registration.pushManager.getSubscription()) ?? (await subscribeAgain(known));
  if (!current || current.endpoint === known.address) return;
  const fresh = told(current);
  const body = new URLSearchParams({ ...fresh, old: known.address, proof: known.secret });
  const answer = await fetch(RENEW, { method: 'POST', body, redirect: 'error', credentials: 'omit' });
  if (answer.ok) await note(KNOWN, { ...fresh, server: known.server });
  else if (answer.status === 404) await Promise.all([current.unsubscribe(), note(KNOWN, null)]); // removed in the settings
}

function subscribeAgain({ server }) {
  return server && registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: server });
}
