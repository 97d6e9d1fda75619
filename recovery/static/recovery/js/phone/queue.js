// Check-ins that wait on this phone. Each is locked for its person, leaves only when the server says it has it,
// and is never sent while somebody else is signed in.
import { seal, unseal } from './seal.js';
import { heard, lostOnRestore, remember } from './sent.js';
import { within } from './store.js';

const SEND = '/api/v1/check-ins/';
const SESSION = '/phone/session/';
const PATIENCE = 10000; // ms
const NOTICES = 'backstride-queue';
const REFUSED = [400, 404, 413, 415, 422];
const SETTLED = [400, 404, 409, 422]; // the server has an answer for that day, or will never take this one
export const WAITING = 'waiting';

const all = () => within(['entries'], 'readonly', ({ entries }) => entries.getAll());

function tellOthers() {
  const channel = new BroadcastChannel(NOTICES);
  channel.postMessage('changed');
  channel.close();
}

export function onChange(act) {
  new BroadcastChannel(NOTICES).onmessage = act;
}

export async function keep(person, said, state = WAITING, reason = 'not_sent') {
  const { id } = said.body;
  const locked = await seal(person, id, said);
  await within(['entries'], 'readwrite', ({ entries }) => entries.put({ id, person, state, reason, at: Date.now(), ...locked }));
  tellOthers();
}

export async function drop(id) {
  await within(['entries'], 'readwrite', ({ entries }) => entries.delete(id));
  tellOthers();
}

// How many wait for this person; for a stranger's page, how many wait on this phone at all.
export async function count(person) {
  return (await all()).filter((row) => !person || row.person === person).length;
}

// What waits for this person, oldest first, unlocked.
export async function list(person) {
  return (await opened(person)).filter(({ said }) => said);
}

// What lies here for this person and cannot be read any more: told, and kept until they throw it away.
export async function garbled(person) {
  return (await opened(person)).filter(({ said }) => !said);
}

async function opened(person) {
  const rows = (await all()).filter((row) => row.person === person).sort((a, b) => a.at - b.at);
  return Promise.all(rows.map(async (row) => ({ ...row, said: await unseal(person, row.id, row).then(whole).catch(() => null) })));
}

const whole = (said) => (said?.body?.id && said.body.day ? said : null);

// Who is signed in here, and the token a change needs; asked anew each time, for both may have changed.
export async function session() {
  const answer = await fetch(SESSION, { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`session: ${answer.status}`);
  return answer.json();
}

async function ask({ person, csrf }, method, address, body) {
  return fetch(address, {
    method,
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf, 'Backstride-Person': person },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
}

function reasonOf(status) {
  if (status === 401 || status === 403) return 'signed_out';
  return status === 429 ? 'too_many' : 'server';
}

// Sends one; the outcome is `sent`, `refused`, `conflict` or `waiting`, and only a sent one leaves the phone.
async function sendOne(here, row) {
  const { body, corrects } = row.said;
  let response;
  let answer;
  try {
    response = await (corrects ? ask(here, 'PUT', `${SEND}${body.id}/`, body) : ask(here, 'POST', SEND, body));
    answer = await response.json().catch(() => ({}));
  } catch {
    return settle(row, WAITING, 'no_network');
  }
  if (response.ok && answer.id) {
    await remember(row.person, row.said).catch(() => {});
    await drop(row.id);
    return { state: 'sent', answer, said: row.said };
  }
  if (response.status === 409 && answer.stored) return settle(row, 'conflict', 'conflict', { stored: answer.stored });
  if (response.status === 409 || REFUSED.includes(response.status)) return settle(row, 'refused', 'refused', { sentence: sentenceOf(answer) });
  return settle(row, WAITING, reasonOf(response.status));
}

const sentenceOf = ({ detail, fields }) => [...new Set([detail, ...Object.values(fields ?? {}).flat()])].filter(Boolean).join(' ');

async function settle(row, state, reason, found = {}) {
  await keep(row.person, { ...row.said, ...found }, state, reason);
  return { state, reason, said: { ...row.said, ...found } };
}

// Sends what waits for whoever is signed in now; answers with the outcome of each by id.
// `retry` also tries again what was refused; one window or worker at a time does this.
export function send({ retry = false } = {}) {
  const act = async () => {
    const outcomes = {};
    const here = await session().catch(() => null);
    if (!here) return outcomes;
    for (const row of await list(here.person)) {
      if (row.state !== WAITING && !(retry && row.state === 'refused')) continue;
      outcomes[row.id] = await sendOne(here, row);
      if (outcomes[row.id].state === WAITING) break; // the others would fare no better now
    }
    return outcomes;
  };
  return navigator.locks ? navigator.locks.request(NOTICES, act) : act();
}

// After the server went back to a backup: what was sent lately is offered again under its own id, so that it is there once.
export async function offerAgain(epoch) {
  const here = await session();
  for (const { body, corrects } of await lostOnRestore(here.person, epoch)) {
    let answer = await ask(here, 'POST', SEND, body);
    if (answer.status === 409 && corrects) answer = await ask(here, 'PUT', `${SEND}${body.id}/`, body);
    if (!answer.ok && !SETTLED.includes(answer.status)) throw new Error(`again: ${answer.status}`); // the next page tries anew
  }
  await heard(here.person, epoch);
}

// After a conflict: both sets of answers go into the day's history, and the chosen one stands.
export async function choose(row, takesPhone) {
  const { body, stored } = row.said;
  const here = await session();
  if (here.person !== row.person) throw new Error('somebody else is signed in');
  const ours = { ...body, id: stored.id, day: stored.day };
  const steps = takesPhone ? [ours] : [ours, restated(stored)];
  let answer;
  for (const step of steps) {
    const response = await ask(here, 'PUT', `${SEND}${stored.id}/`, step);
    if (!response.ok) throw new Error(`choose: ${response.status}`);
    answer = await response.json();
  }
  await drop(row.id);
  return answer;
}

const ANSWERS = ['average', 'worst', 'morning', 'function', 'session', 'medicine', 'woken', 'yesterday_morning', 'red_flags', 'confidence', 'mood', 'stiffness', 'sleep', 'activity', 'sides', 'run'];

function restated(stored) {
  const said = Object.fromEntries(ANSWERS.filter((name) => name in stored).map((name) => [name, stored[name]]));
  return { ...said, id: stored.id, day: stored.day, time_zone: stored.time_zone, made_at: new Date().toISOString() };
}
