// A check-in is kept on the phone first and sent then, so that nothing said is lost on the way.
// Without this file the form goes to the server by itself.
import { fill, missing, read } from './phone/answers.js';
import { dayBefore, dayOf, inWords, now, yesterdayIsOpen, zone } from './phone/clock.js';
import { drop, keep, list, send } from './phone/queue.js';

const root = document.documentElement;
const form = document.querySelector('form[data-check-in]');
const { person } = root.dataset;
const asked = new URLSearchParams(location.search);
const canReach = () => navigator.onLine && !('kept' in root.dataset);
let isBusy = false;

function show(box, names = []) {
  for (const line of box.querySelectorAll('[data-about]')) line.hidden = !names.includes(line.dataset.about);
  box.hidden = false;
  box.focus();
}

async function submit(event) {
  const wanted = missing(form);
  if (wanted.length && canReach()) return; // the server answers beside each question
  event.preventDefault();
  if (wanted.length) show(form.querySelector('[data-mistakes]'), wanted);
  else if (!isBusy) await keepAndSend();
}

async function keepAndSend() {
  isBusy = true;
  let said;
  try {
    said = { ...read(form, { at: await now(), zone: zone() }), corrects: form.dataset.checkIn === 'correct' };
    await keep(person, said);
  } catch {
    isBusy = false;
    if (canReach()) form.submit();
    else show(form.querySelector('[data-no-room]'));
    return;
  }
  const outcome = (await send().catch(() => ({})))[said.body.id];
  if (outcome?.state === 'sent') lead(outcome);
  else if (outcome?.state === 'refused') await letServerSay(said);
  else location.replace(form.dataset.waiting);
}

function lead({ answer, said }) {
  const { decision, day } = answer;
  if (!decision) form.submit(); // too late to be judged: the same again is answered the same, with the words for it
  else if (decision.outcome === 'stop' || said.urgency) location.replace(form.dataset.stop);
  else location.replace(form.dataset.decision.replace('2000-01-01', decision.day ?? day));
}

async function letServerSay({ body }) {
  await drop(body.id);
  form.submit();
}

// An empty form gets its day from the phone, or the answers that wait and are to be changed.
async function stamp() {
  const at = await now();
  const waiting = asked.has('entry') && (await list(person)).find(({ id }) => id === asked.get('entry'));
  let day = asked.get('day') === 'yesterday' && yesterdayIsOpen(at) ? dayBefore(at) : dayOf(at);
  if (waiting) {
    fill(form, waiting.said);
    if (waiting.said.body.day <= dayOf(at)) day = waiting.said.body.day;
  } else {
    form.elements.key.value = crypto.randomUUID();
    const first = form.querySelector(`[name=average][value="${Number(asked.get('average'))}"]`);
    if (first && asked.has('average')) first.checked = true;
  }
  form.elements.day.value = day;
  for (const question of form.querySelectorAll('[data-turns]')) {
    question.hidden = !question.dataset.turns.split(' ').includes(day) && !question.querySelector(':checked');
  }
  const title = document.querySelector('[data-title]');
  title.textContent = title.dataset.title.replace('DAY', inWords(day));
  const shown = document.querySelector('time[data-day]');
  shown.dateTime = day;
  shown.textContent = inWords(day);
}

if (form && person && window.indexedDB && window.crypto?.subtle) {
  form.addEventListener('submit', submit);
  addEventListener('pageshow', () => { isBusy = false; });
  if (form.dataset.checkIn === 'blank') stamp().catch(() => {});
}
