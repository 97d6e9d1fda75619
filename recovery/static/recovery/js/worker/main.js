// Stands between the pages and the network. Each concern is a module of its own that adds its listeners here.
import { dropOldFiles, fileFor, isFile, keepShell } from './files.js';
import { keepPages, pageFor } from './pages.js';
import { listenForPushes, renew } from './push.js';
import { sendWaiting, TAG } from './sync.js';

export function start(shell) {
  addEventListener('install', (event) => event.waitUntil(Promise.all([keepShell(shell), skipWaiting()])));
  addEventListener('activate', (event) => event.waitUntil(takeOver(shell)));
  addEventListener('fetch', (event) => answer(event, shell));
  addEventListener('sync', (event) => {
    if (event.tag === TAG) event.waitUntil(sendWaiting());
  });
  addEventListener('message', (event) => {
    if (event.data === 'keep pages') event.waitUntil(Promise.all([keepPages(shell), renew().catch(() => {})]));
  });
  listenForPushes();
}

async function takeOver(shell) {
  await dropOldFiles(shell);
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// Only what is read is answered here. What is sent always goes to the server itself, whatever release this worker is of.
function answer(event, shell) {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageFor(event, shell));
  else if (isFile(request.url)) event.respondWith(fileFor(request));
}
