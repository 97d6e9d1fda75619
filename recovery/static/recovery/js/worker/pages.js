// Pages come from the network. A few of the signed-in person's own are kept, locked, for the time without one;
// they go as soon as a page comes that was made for somebody else or for nobody.
import { dayOf, now } from '../phone/clock.js';
import { fact, note, within } from '../phone/store.js';
import { count, list, offerAgain } from '../phone/queue.js';
import { seal, unseal } from '../phone/seal.js';
import { dropBeside, fromShell, keepBeside } from './files.js';

const WHOSE = 'Backstride-Person';
const NOBODY = 'nobody';
const PATIENCE = 5000; // ms until a kept page is better than a blank screen
const A_MINUTE = 60 * 1000;
const A_DAY = 24 * 3600 * 1000;
const OUT_OF_REACH = [502, 503, 504];
const SAVED_HEADERS = ['Content-Type', 'Content-Security-Policy', 'Referrer-Policy', 'Permissions-Policy', 'X-Content-Type-Options'];
const FILE = /(?:href|src)="(\/static\/[^"#]+)/g;

export async function pageFor(event, shell) {
  const path = pathOf(event.request.url, shell);
  const network = fromNetwork(event);
  event.waitUntil(network.catch(() => {})); // it may end after a kept page has been shown
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  try {
    const first = await Promise.race([network, late.then(() => keptOrAnother(path, shell))]);
    return first ?? (await network);
  } catch {
    return (await keptOrAnother(path, shell)) ?? (await fromShell(path)) ?? (await fromShell(shell.offline)) ?? Response.error();
  }
}

async function fromNetwork(event) {
  const response = (await event.preloadResponse) ?? (await fetch(event.request));
  if (OUT_OF_REACH.includes(response.status)) throw new Error(`out of reach: ${response.status}`);
  const whose = response.headers.get(WHOSE);
  if (whose) event.waitUntil(Promise.all([meet(whose), compareClocks(response)]));
  return response;
}

async function compareClocks(response) {
  const theirs = Date.parse(response.headers.get('Date'));
  const off = Math.abs(theirs - Date.now()) > A_MINUTE ? theirs - Date.now() : 0;
  if (off !== ((await fact('clock')) ?? 0)) await note('clock', off);
}

// Another person, or nobody: what was kept for the last one goes.
async function meet(person) {
  let isAnother = false;
  await within(['facts', 'pages'], 'readwrite', ({ facts, pages }) => {
    facts.get('person').onsuccess = ({ target }) => {
      isAnother = target.result !== person;
      if (!isAnother) return;
      facts.put(person, 'person');
      facts.delete('kept');
      pages.clear();
    };
  });
  if (isAnother) await dropBeside();
}

function pathOf(url, { standIns }) {
  const { pathname } = new URL(url);
  return standIns[pathname] ?? pathname;
}

// Yesterday's decision is not today's, and a sign that waits to be sent stops the plan here already.
async function insteadOf(path, { today, waiting, stopped }) {
  const person = await fact('person');
  if (path === today) return (await count(person)) || (await isFromAnotherDay(path)) ? waiting : path;
  if (!stopped.some((start) => path.startsWith(start))) return path;
  return (await list(person)).some(({ said }) => said.urgency) ? waiting : path;
}

async function isFromAnotherDay(path) {
  const row = await within(['pages'], 'readonly', ({ pages }) => pages.get(path));
  return !row || dayOf(new Date(row.at)) !== dayOf(await now());
}

const keptOrAnother = async (path, shell) => kept(await insteadOf(path, shell));

async function kept(path) {
  const row = await within(['pages'], 'readonly', ({ pages }) => pages.get(path));
  if (!row || row.person !== (await fact('person'))) return undefined;
  const { html, headers } = await unseal(row.person, path, row);
  const marked = html.replace('<html ', `<html data-kept="${new Date(row.at).toISOString()}" `);
  return new Response(marked, { headers });
}

let keeping;

// Asks which pages to keep; fetches them again only when they may have changed. Once at a time is enough.
export function keepPages(shell) {
  keeping ??= keepAll(shell).finally(() => { keeping = undefined; });
  return keeping;
}

async function keepAll(shell) {
  const answer = await fetch(shell.kept, { redirect: 'manual', cache: 'no-store' });
  if (!answer.ok) return;
  const { person, stamp, pages, epoch } = await answer.json();
  await offerAgain(epoch).catch(() => {});
  const last = await fact('kept');
  const isFresh = last && last.person === person && last.stamp === stamp + shell.version && Date.now() - last.at < A_DAY;
  if (isFresh) return;
  await meet(person);
  const files = new Set();
  for (const path of pages) await keepPage(person, path, files);
  await keepBeside(files);
  await dropOthers(pages);
  await note('kept', { person, stamp: stamp + shell.version, at: Date.now() });
}

async function keepPage(person, path, files) {
  const response = await fetch(path, { cache: 'no-store', redirect: 'manual', headers: { 'Backstride-Keeps': 'yes' } }); // nobody sees it yet
  if (!response.ok || response.headers.get(WHOSE) !== person || person === NOBODY) throw new Error(`cannot keep ${path}`);
  const headers = SAVED_HEADERS.filter((name) => response.headers.has(name)).map((name) => [name, response.headers.get(name)]);
  const html = await response.text();
  for (const [, file] of html.matchAll(FILE)) files.add(file);
  const row = { path, person, at: Date.now(), ...(await seal(person, path, { html, headers })) };
  await within(['facts', 'pages'], 'readwrite', (stores) => {
    stores.facts.get('person').onsuccess = ({ target }) => { // they may have signed out meanwhile
      if (target.result === person) stores.pages.put(row);
    };
  });
}

function dropOthers(wanted) {
  return within(['pages'], 'readwrite', ({ pages }) => {
    pages.getAllKeys().onsuccess = ({ target }) => {
      for (const path of target.result) if (!wanted.includes(path)) pages.delete(path);
    };
  });
}
