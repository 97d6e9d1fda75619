// Counts a hold down. It compares clock times instead of counting ticks, so a sleeping screen does not stop it.
// It speaks only at the start, at the change of side and at the end. The words come from the page.
class Timer {
  constructor(box) {
    this.box = box;
    this.total = Number(box.dataset.seconds);
    this.left = this.total;
    this.endsAt = 0;
    this.ticking = 0;
    this.toggle = this.part('toggle');
    this.toggle.addEventListener('click', () => (this.ticking ? this.pause() : this.start()));
    this.part('restart').addEventListener('click', () => this.reset());
    this.part('controls').hidden = false;
    if (this.total > 60) this.part('unit').textContent = box.dataset.wordMinutes;
    this.draw();
  }

  part(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  start() {
    if (this.left <= 0) this.left = this.total;
    this.endsAt = Date.now() + this.left * 1000;
    this.ticking = setInterval(() => this.tick(), 200);
    this.label(this.box.dataset.wordPause, 'hold');
    this.say(this.box.dataset.sayStarted);
  }

  pause() {
    clearInterval(this.ticking);
    this.ticking = 0;
    this.label(this.box.dataset.wordStart, 'play');
  }

  reset() {
    this.pause();
    this.left = this.total;
    this.draw();
  }

  tick() {
    this.left = Math.max(0, (this.endsAt - Date.now()) / 1000);
    this.draw();
    if (this.left <= 0) this.finish();
  }

  finish() {
    this.pause();
    navigator.vibrate?.(200);
    const sides = [...this.box.querySelectorAll('[name="side"]')];
    if (!sides[0]?.checked) return this.say(this.box.dataset.sayDone);
    sides[1].checked = true;
    this.say(this.box.dataset.saySide);
    return this.reset();
  }

  draw() {
    const seconds = Math.ceil(this.left);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    this.part('clock').textContent = this.total > 60 ? clock : seconds;
    this.part('ring').setAttribute('stroke-dashoffset', 100 * (1 - this.left / this.total));
  }

  label(word, icon) {
    const use = this.toggle.querySelector('use');
    this.toggle.querySelector('span').textContent = word;
    use.setAttribute('href', use.getAttribute('href').replace(/#.*/, `#i-${icon}`));
  }

  say(words) {
    this.part('say').textContent = words;
  }
}

for (const box of document.querySelectorAll('[data-player]')) new Timer(box);
