// Walks through the parts of a session: holds, repeats, minutes, walking and running. Without it the page is a list.
// It compares clock times instead of counting ticks, so neither a sleeping screen nor a reload stops it.
import { Alerts, keepAwake } from './alerts.js';

const HOUR = 3600e3;
const LEAD = { hold: 5, beats: 5 };
const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

class Player {
  constructor(form) {
    this.form = form;
    this.panel = form.querySelector('[data-panel]');
    this.words = this.panel.dataset;
    this.steps = [...form.querySelectorAll('[data-step]')];
    this.parts = [...form.querySelectorAll('[data-part]')].map((item) => this.read(item));
    this.total = this.parts.reduce((sum, part) => sum + part.seconds, 0);
    this.store = `player ${location.pathname}${location.search} ${form.dataset.session}`;
    this.alerts = new Alerts(form);
    this.state = { at: 0, spent: 0, since: 0, done: [], worked: 0, key: form.elements.key.value };
    this.wire();
    if ('told' in form.dataset) this.tell();
    else this.begin();
  }

  read(item) {
    const { part: kind, seconds, beat = 0, rest = 0, shown = '–' } = item.dataset;
    const lead = LEAD[kind] ?? 0;
    return {
      kind, lead, shown, beat: Number(beat), rest: Number(rest), seconds: Number(seconds),
      words: item.textContent.trim(), step: item.closest('[data-step]'),
    };
  }

  part(name) { return document.querySelector(`[data-${name}]`); }

  get now() { return this.parts[this.state.at]; }

  wire() {
    const on = (name, act) => this.part(name).addEventListener('click', act);
    on('toggle', () => this.toggle());
    on('skip', () => this.move(1, false));
    on('back', () => this.move(this.used() > 3 ? 0 : -1, false));
    on('finish', () => this.end(false));
    on('hurts', () => this.end(true));
    on('lock', () => this.lock());
    this.wireUnlock();
    this.form.addEventListener('submit', (event) => this.send(event));
    document.addEventListener('visibilitychange', () => this.state.since && keepAwake(true));
  }

  begin() {
    const kept = this.remember();
    if (kept) this.state = kept;
    this.form.elements.key.value = this.state.key;
    for (const name of ['panel', 'bar', 'options']) this.part(name).hidden = false;
    for (const name of ['save', 'log']) if (this.part(name)) this.part(name).hidden = true;
    this.form.classList.add('is-playing');
    if (this.part('fold')) this.part('fold').open = false;
    this.ticking = setInterval(() => this.tick(), 200);
    this.tick();
  }

  remember() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.store));
      return kept && kept.at < this.parts.length && Date.now() - kept.saved < 3 * HOUR ? kept : null;
    } catch { return null; }
  }

  save() {
    try { sessionStorage.setItem(this.store, JSON.stringify({ ...this.state, saved: Date.now() })); } catch { /* full or refused */ }
  }

  forget() {
    try { sessionStorage.removeItem(this.store); } catch { /* refused */ }
  }

  // Without a network the form waits in the page and goes by itself as soon as there is one.
  send(event) {
    if (navigator.onLine) return this.forget();
    event.preventDefault();
    this.part('waits').hidden = false;
    addEventListener('online', () => this.form.requestSubmit(), { once: true });
    return undefined;
  }

  used() { return (this.state.spent + (this.state.since ? Date.now() - this.state.since : 0)) / 1000; }

  toggle() {
    this.alerts.wake();
    if (!this.now.seconds) this.move(1, true);
    else if (this.state.since) this.pause();
    else this.run();
    this.tick();
  }

  run() {
    this.state.since = Date.now();
    keepAwake(true);
    this.announce();
    this.save();
  }

  pause() {
    this.state.spent = this.used() * 1000;
    this.state.since = 0;
    keepAwake(false);
    this.save();
  }

  // Forward, back, or to the beginning of this part; what was done in full counts, what was skipped does not.
  move(by, isDone) {
    const goes = this.state.since > 0 || !this.now.seconds;
    this.finishPart(isDone);
    this.state.at = Math.max(0, this.state.at + by);
    this.state.spent = 0;
    if (this.state.at >= this.parts.length) return this.end(false);
    this.state.since = goes && this.now.seconds ? Date.now() : 0;
    if (goes) this.announce();
    this.save();
    return this.tick();
  }

  finishPart(isDone) {
    const { at } = this.state;
    this.state.worked += Math.min(this.used(), this.now.seconds);
    if (isDone && !this.state.done.includes(at)) this.state.done.push(at);
  }

  tick() {
    while (this.state.since && this.used() >= this.now.lead + this.now.seconds) if (!this.flow()) return;
    if (this.state.since) this.alerts.count(this.now, this.used());
    this.draw();
  }

  // The end of a timed part: the time beyond it belongs to the next one.
  flow() {
    const beyond = this.used() - this.now.lead - this.now.seconds;
    this.finishPart(true);
    this.state.at += 1;
    if (this.state.at >= this.parts.length) return this.end(false);
    this.state.spent = this.now.seconds ? beyond * 1000 : 0;
    this.state.since = this.now.seconds ? Date.now() : 0;
    if (beyond < 2) this.announce();
    this.save();
    return true;
  }

  announce() {
    this.alerts.part(this.now);
    this.say(this.now.words);
  }

  draw() {
    const { seconds, lead, words, step, beat, rest, shown } = this.now;
    const left = Math.ceil(Math.max(0, lead + seconds - this.used()));
    const isReady = seconds && left > seconds;
    const inBeat = beat && !isReady ? (seconds - left) % (beat + rest) : 0;
    this.show('clock', seconds ? clockOf(isReady ? left - seconds : left) : shown);
    this.part('clock').setAttribute('aria-label', seconds ? this.words.wordLeft : this.words.wordCount);
    this.show('words', isReady && this.state.since ? this.words.wordReady : beat && inBeat >= beat ? this.words.wordLetGo : words);
    const next = this.parts[this.state.at + 1];
    this.show('then', next ? `${this.words.wordThen} ${this.titled(next, step)}` : this.words.wordLast);
    this.drawPlace(step);
    this.part('ring')?.setAttribute('stroke-dashoffset', seconds ? 100 * Math.min(1, this.used() / (lead + seconds)) : 0);
    for (const each of this.steps) each.hidden = each !== step;
    this.drawToggle(seconds);
    this.show('pocket-clock', this.part('clock').textContent);
    this.show('pocket-words', this.part('words').textContent);
  }

  titled(part, step) {
    const title = part.step !== step && part.step?.querySelector('h2')?.textContent;
    return title ? `${title}. ${part.words}` : part.words;
  }

  drawPlace(step) {
    const before = this.parts.slice(0, this.state.at).reduce((sum, part) => sum + part.seconds, 0);
    const done = before + Math.min(this.used(), this.now.seconds);
    const place = this.steps.length > 1 ? [this.steps.indexOf(step) + 1, this.steps.length] : [this.state.at + 1, this.parts.length];
    this.show('place', this.words.wordOf.replace('%1', place[0]).replace('%2', place[1]));
    if (this.steps.length < 2) this.show('whole', ` · ${this.words.wordOf.replace('%1', clockOf(Math.floor(done))).replace('%2', clockOf(this.total))}`);
    this.part('cursor')?.setAttribute('transform', `translate(${340 * (done / (this.total || 1))})`);
  }

  drawToggle(seconds) {
    const button = this.part('toggle');
    const fresh = !this.state.at && !this.state.spent;
    const [word, icon] = !seconds ? [this.words.wordDone, 'check'] : this.state.since ? [this.words.wordPause, 'hold']
      : [fresh ? this.words.wordStart : this.words.wordOn, 'play'];
    if (button.textContent.trim() === word) return;
    const use = button.querySelector('use');
    button.querySelector('span').textContent = word;
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#i-${icon}`));
  }

  show(name, words) {
    const part = this.part(name);
    if (part && part.textContent !== words) part.textContent = words;
  }

  say(words) { this.show('say', words); }

  // The end, or stopped because it hurt: the form below is filled with what was done and waits for the rest.
  end(hurts) {
    if (this.state.at < this.parts.length) this.finishPart(false);
    clearInterval(this.ticking);
    keepAwake(false);
    this.alerts.end();
    this.fill(hurts);
    this.tell();
    this.say(hurts ? this.words.wordStopped : this.words.wordEnd);
    return false;
  }

  fill(hurts) {
    const { elements } = this.form;
    const isDone = (code) => this.parts.every((part, at) => part.step?.dataset.code !== code || this.state.done.includes(at));
    for (const box of this.form.querySelectorAll('[name="exercises"]')) box.checked = isDone(box.value);
    const all = this.parts.every((part, at) => this.state.done.includes(at));
    for (const radio of this.form.querySelectorAll('[name="status"]')) radio.checked = radio.value === (all ? 'done' : 'part');
    elements.seconds.value = Math.min(6 * 3600, Math.round(this.state.worked));
    if (hurts && elements.stopped) elements.stopped.checked = true;
  }

  tell() {
    this.form.classList.remove('is-playing');
    for (const name of ['panel', 'bar', 'options']) this.part(name).hidden = true;
    for (const each of this.steps) each.hidden = true;
    this.part('save').hidden = false;
    const log = this.part('log');
    if (!log) return;
    log.hidden = false;
    if (!document.querySelector('.mistakes')) log.focus();
  }

  lock() {
    this.alerts.wake();
    if (this.now.seconds && !this.state.since) this.run();
    this.part('pocket').showModal();
  }

  // A pocket presses but does not hold; Escape and a keyboard unlock at once.
  wireUnlock() {
    const [button, pocket] = [this.part('unlock'), this.part('pocket')];
    let held = 0;
    button.addEventListener('pointerdown', () => { held = setTimeout(() => pocket.close(), 900); });
    for (const name of ['pointerup', 'pointerleave', 'pointercancel']) button.addEventListener(name, () => clearTimeout(held));
    button.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault(); // else the key presses the button that locks again, which has the focus back by then
      pocket.close();
    });
    pocket.addEventListener('contextmenu', (event) => event.preventDefault());
  }
}

const form = document.querySelector('[data-session]');
if (form?.querySelector('[data-part]')) new Player(form);
