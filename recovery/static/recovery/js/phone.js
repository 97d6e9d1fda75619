// Makes the site an app that opens without a network. Every page works without this file.
import { count, onChange, send } from './phone/queue.js';

const root = document.documentElement;
const isOwn = 'person' in root.dataset;
const sendsItself = () => document.querySelector('[data-check-in], [data-entries]');

// A page the phone kept says how old it is.
function sayHowOld() {
  const at = root.dataset.kept && new Date(root.dataset.kept);
  const words = document.querySelector('[data-kept-at]');
  if (!at || !words) return;
  words.dateTime = at.toISOString();
  words.textContent = new Intl.DateTimeFormat(root.lang, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(at);
}

// How many check-ins wait on this phone, in a region that is read aloud. A stranger's page tells the number and no more.
async function sayHowMany() {
  const region = document.querySelector('[data-waiting-region]');
  if (!region) return 0;
  const number = await count(root.dataset.person);
  const words = region.dataset[number === 1 ? 'one' : 'other'].replace('NUMBER', number);
  const banner = number ? region.querySelector('template').content.cloneNode(true) : '';
  if (banner) banner.querySelector('[data-words]').textContent = words;
  region.querySelector('.banner:not([data-said])')?.remove();
  region.append(banner);
  return number;
}

// What was sent while another page was open changes the plan: the page says so, with the way to the decision.
function sayWhatArrived(outcomes) {
  const last = outcomes.filter(({ state, answer }) => state === 'sent' && answer.decision).at(-1);
  const words = last && document.querySelector('template[data-arrived]')?.content.cloneNode(true);
  if (!words) return;
  for (const line of words.querySelectorAll('[data-state]')) line.hidden = (line.dataset.state === 'corrected') !== Boolean(last.said.corrects);
  const link = words.querySelector('a');
  link.href = link.getAttribute('href').replace('2000-01-01', last.answer.decision.day);
  document.querySelector('[data-waiting-region]').append(words);
}

// Sends what waits when a page opens and when the network is back; the browser's own sync does it with the window closed.
async function sendWaiting() {
  if (!(await sayHowMany()) || !isOwn || sendsItself()) return;
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) await worker.sync?.register('check-ins').catch(() => {});
  if (navigator.onLine) sayWhatArrived(Object.values(await send()));
}

// Whoever signs out while something waits here is told so first, and decides.
async function askBeforeLeaving(event) {
  const form = event.target;
  if (!form.action.endsWith('/accounts/logout/') || 'sure' in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const number = await count(root.dataset.person).catch(() => 0);
  form.dataset.sure = '';
  const region = document.querySelector('[data-waiting-region]');
  if (!number || !region) return form.requestSubmit();
  const question = region.querySelector('template[data-leaving]').content.cloneNode(true);
  question.querySelector('[data-words]').textContent = region.dataset[number === 1 ? 'one' : 'other'].replace('NUMBER', number) + '.';
  form.append(question);
  form.querySelector('[role=alert]').focus();
}

async function install() {
  const own = window.trustedTypes?.createPolicy('worker', { createScriptURL: () => '/service-worker.js' });
  await navigator.serviceWorker.register(own?.createScriptURL('') ?? '/service-worker.js', { type: 'module', updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (root.dataset.person && !root.dataset.kept) active.postMessage('keep pages');
}

sayHowOld();
if (window.indexedDB && window.crypto?.subtle) {
  if (isOwn) document.addEventListener('submit', askBeforeLeaving, { capture: true });
  onChange(() => { if (!sendsItself()) sayHowMany(); });
  addEventListener('online', () => sendWaiting().catch(() => {}));
  sendWaiting().catch(() => {});
}
if ('serviceWorker' in navigator) {
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(() => install().catch(() => {}));
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true });
}
