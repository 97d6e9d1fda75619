// Shows what waits on this phone, why, and what can be done about it. Nothing here goes away by itself.
import { dayBefore, dayOf, inWords, now, yesterdayIsOpen } from './phone/clock.js';
import { choose, drop, garbled, list, onChange, send } from './phone/queue.js';

const THREE_DAYS = 3 * 24 * 3600 * 1000;
const URGENCIES = ['EM', 'SD', 'WD'];
const { person } = document.documentElement.dataset;
const page = document.querySelector('[data-entries]');
const part = (name, root = document) => root.querySelector(`[data-${name}]`);
const NOTHING = part('title').textContent;
const word = (name) => part('words').content.querySelector(`[data-word="${name}"]`).textContent;

const score = (value) => word('of-ten').replace('NUMBER', value);
const facts = {
  ...Object.fromEntries(['average', 'worst', 'morning', 'function'].map((name) => [name, (said) => score(said[name])])),
  session: ({ session }) => word(`session-${session.status}`),
  signs: ({ red_flags: flags }) => (flags.length ? word('signs').replace('NUMBER', flags.length) : word('signs-none')),
};

function compare(tell, body, stored) {
  const [fresh, before] = [tell(body), stored ? tell(stored) : undefined];
  return stored && fresh !== before ? word('before').replace('NEW', fresh).replace('OLD', before) : fresh;
}

function card(row) {
  const { body, stored, sentence } = row.said;
  const box = part('entry').content.cloneNode(true).querySelector('section');
  for (const element of box.querySelectorAll('[data-state]')) element.hidden = !element.dataset.state.split(' ').includes(row.state);
  part('day', box).textContent = word('for-day').replace('DAY', inWords(body.day));
  const saved = part('saved', box);
  saved.dateTime = new Date(row.at).toISOString();
  saved.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(row.at);
  const reason = row.state === 'refused' ? sentence || word('server') : word(row.reason);
  part('reason', box).textContent = Date.now() - Date.parse(body.made_at) > THREE_DAYS ? `${reason} ${word('old')}` : reason;
  for (const [name, tell] of Object.entries(facts)) box.querySelector(`[data-of="${name}"]`).textContent = compare(tell, body, stored);
  part('correction', box).hidden = !row.said.corrects;
  box.querySelector('[data-act="change"]').href = `${page.dataset.blank}?entry=${row.id}`;
  box.querySelector('[data-act="delete"]').hidden = row.state !== 'refused';
  box.addEventListener('click', ({ target }) => act(target.closest('[data-act]'), row, box).catch(() => {}));
  return box;
}

// An entry that was damaged on the phone: what is still known of it, and the way to throw it away.
function unreadable(row) {
  const box = part('unreadable').content.cloneNode(true).querySelector('section');
  const saved = part('saved', box);
  saved.dateTime = new Date(row.at).toISOString();
  saved.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(row.at);
  box.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-act]');
    if (button) removeOnSecondPress(button, row).catch(() => {});
  });
  return box;
}

async function act(button, row, box) {
  const kind = button?.dataset.act;
  if (kind === 'retry') await sendAll({ retry: true });
  if (kind === 'delete') await removeOnSecondPress(button, row);
  if (kind !== 'phone' && kind !== 'stored') return;
  try {
    lead(await choose(row, kind === 'phone'), row.said.urgency);
  } catch {
    part('reason', box).textContent = word('choice-failed');
  }
}

async function removeOnSecondPress(button, row) {
  if ('sure' in button.dataset) {
    await drop(row.id);
    await draw();
  } else {
    button.dataset.sure = '';
    button.textContent = word('sure');
  }
}

async function draw() {
  const rows = await list(person);
  const unread = await garbled(person);
  part('list').replaceChildren(...rows.map(card), ...unread.map(unreadable));
  part('title').textContent = rows.length ? word(rows.length === 1 ? 'title-one' : 'title-other') : unread.length ? word('title-garbled') : NOTHING;
  const urgency = URGENCIES.find((kind) => rows.some(({ said }) => said.urgency === kind));
  const screen = urgency && document.querySelector(`[data-stop-screen="${urgency}"]`).content.cloneNode(true);
  part('stop').replaceChildren(...(screen ? [screen] : []));
  part('title').hidden = Boolean(urgency); // the stop screen has a title of its own
  const activities = part('activities');
  if (activities) activities.hidden = Boolean(urgency);
  await offerCheckIn(rows);
  return rows;
}

async function offerCheckIn(rows) {
  const at = await now();
  const has = (day) => rows.some(({ said }) => said.body.day === day);
  const isDone = has(dayOf(at)) || (page.dataset.isFilled === 'yes' && page.dataset.day === dayOf(at));
  const box = part('ask');
  if (!box) return;
  box.hidden = isDone;
  const isDue = page.dataset.next <= dayOf(at); // weekly beyond the road: until then it is welcome, not asked for
  part('due', box).hidden = !isDue;
  part('not-due', box).hidden = isDue;
  part('ask-yesterday').hidden = !yesterdayIsOpen(at) || has(dayBefore(at)) || page.dataset.day === dayOf(at);
}

// Once everything is sent, to what came of it.
function lead({ decision, day }, urgency) {
  const { decision: address, stopPage, today } = page.dataset;
  if (!decision) location.replace(today);
  else if (decision.outcome === 'stop' || urgency) location.replace(stopPage);
  else location.replace(address.replace('2000-01-01', decision.day ?? day));
}

async function sendAll(how) {
  const outcomes = Object.values(await send(how));
  const last = outcomes.filter(({ state }) => state === 'sent').at(-1);
  const left = await draw();
  if (last && !left.length) lead(last.answer, last.said.urgency);
}

if (person && window.indexedDB && window.crypto?.subtle) {
  onChange(() => draw().catch(() => {}));
  addEventListener('online', () => sendAll().catch(() => {}));
  draw().then((rows) => (rows.length ? sendAll() : null)).catch(() => {});
}
