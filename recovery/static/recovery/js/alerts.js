// How a timer makes itself known: sound, vibration, voice, each if wanted; and a screen that stays awake.
const PATTERNS = { run: [880, 2], walk: [440, 1], hold: [660, 1], beats: [660, 1], skin: [523, 3], end: [523, 3] };
let lock = null;

// The device may refuse, and lets go by itself when the page is hidden.
export async function keepAwake(wanted) {
  try {
    if (!wanted) return void (await lock?.release(), (lock = null));
    if (document.visibilityState === 'visible' && (!lock || lock.released)) lock = await navigator.wakeLock?.request('screen');
  } catch { lock = null; }
}

export class Alerts {
  constructor(root) {
    this.counted = -1;
    this.boxes = Object.fromEntries([...root.querySelectorAll('[data-option]')].map((box) => [box.dataset.option, box]));
    for (const [name, box] of Object.entries(this.boxes)) this.keep(`player ${name}`, box);
  }

  keep(name, box) {
    try {
      const kept = localStorage.getItem(name);
      if (kept !== null) box.checked = kept === 'yes';
      box.addEventListener('change', () => localStorage.setItem(name, box.checked ? 'yes' : 'no'));
    } catch { /* nothing can be kept here */ }
  }

  wants(name) { return this.boxes[name]?.checked; }

  // Sound may only begin with a tap.
  wake() {
    const Context = window.AudioContext ?? window.webkitAudioContext;
    if (this.wants('sound') && Context) (this.audio ??= new Context()).resume?.();
  }

  part({ kind, words }) {
    this.counted = -1;
    this.signal(...(PATTERNS[kind] ?? [587, 1]));
    this.speak(words);
  }

  end() { this.signal(...PATTERNS.end); }

  // Three short ticks before a part ends, and one at each new hold of a row of them.
  count({ lead, seconds, beat, rest }, used) {
    const second = Math.floor(used);
    if (second === this.counted) return;
    this.counted = second;
    const left = lead + seconds - second;
    const inBeat = beat ? (second - lead) % (beat + rest) : -1;
    if (second >= lead && second > 0 && (inBeat === 0 || inBeat === beat)) this.signal(inBeat ? 440 : 660, 1);
    else if (left <= 3 && left > 0 && seconds > 10 || (lead && second === lead)) this.beep(700, 0, .06);
  }

  signal(pitch, times) {
    if (this.wants('vibration')) navigator.vibrate?.(Array(times).fill([220, 120]).flat());
    for (let i = 0; i < times; i += 1) this.beep(pitch, i * .34, .22);
  }

  beep(pitch, after, length) {
    if (!this.audio || !this.wants('sound')) return;
    const start = this.audio.currentTime + after;
    const [tone, volume] = [this.audio.createOscillator(), this.audio.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(.0001, start);
    volume.gain.exponentialRampToValueAtTime(.35, start + .02);
    volume.gain.exponentialRampToValueAtTime(.0001, start + length);
    tone.connect(volume).connect(this.audio.destination);
    tone.start(start);
    tone.stop(start + length);
  }

  speak(words) {
    if (!this.wants('voice') || !window.speechSynthesis) return;
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(words);
    said.lang = document.documentElement.lang;
    speechSynthesis.speak(said);
  }
}
