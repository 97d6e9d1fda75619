// Notifications on this device: asks the browser, then posts what it answered as an ordinary form.
import { note } from './phone/store.js';
import { KNOWN, told } from './push-known.js';

const form = document.querySelector('form[data-push-key]');
const showOnly = (name) => {
  for (const part of document.querySelectorAll('[data-push]')) part.hidden = part.dataset.push !== name;
};

function bytes(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function digest(address) {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address));
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The row of this very browser says so. A subscription the server does not list is nobody's: it ends.
async function markThisDevice(manager) {
  const subscription = await manager.getSubscription();
  if (!subscription) return false;
  const row = document.querySelector(`[data-device="${await digest(subscription.endpoint)}"]`);
  if (row) row.querySelector('[data-this-device]').hidden = false;
  else await subscription.unsubscribe();
  await remember(row && told(subscription));
  return Boolean(row);
}

// Noted for the worker, which renews it; a phone that cannot keep anything is notified all the same.
const remember = (fresh) => note(KNOWN, fresh && { ...fresh, server: form.dataset.pushKey }).catch(() => {});

async function subscribe(manager) {
  if ((await Notification.requestPermission()) !== 'granted') return showOnly('blocked');
  const key = bytes(form.dataset.pushKey);
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const fresh = told(subscription);
  for (const name of ['address', 'key', 'secret']) form.elements[name].value = fresh[name];
  await remember(fresh);
  return form.submit();
}

async function prepare() {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return showOnly('unable');
  const { pushManager } = await navigator.serviceWorker.ready;
  if (await markThisDevice(pushManager)) return showOnly('');
  if (Notification.permission === 'denied') return showOnly('blocked');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    subscribe(pushManager).catch(() => showOnly('failed'));
  });
  showOnly('offer');
}

if (form) prepare().catch(() => showOnly('failed'));
