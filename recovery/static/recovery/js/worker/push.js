// Shows what the server pushes. The words are the same for everybody; the app itself says what it is about.
const PLAIN = { title: 'Backstride', body: '', url: '/', tag: 'backstride' };

export function listenForPushes() {
  addEventListener('push', (event) => event.waitUntil(show(read(event.data))));
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
