// Offers once to keep Backstride on the home screen. It stands only on pages where nothing waits for an answer.
const SEEN = 'install-hint';
const box = document.querySelector('[data-install]');
const part = (name) => box.querySelector(`[data-install-${name}]`);

function wasSeen() {
  try { return Boolean(localStorage.getItem(SEEN)); } catch { return true; }
}

function show(name) {
  if (wasSeen()) return;
  try { localStorage.setItem(SEEN, 'yes'); } catch { return; }
  part(name).hidden = false;
  box.hidden = false;
}

if (box && !matchMedia('(display-mode: standalone)').matches) {
  part('no').addEventListener('click', () => { box.hidden = true; });
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    part('now').addEventListener('click', () => { box.hidden = true; event.prompt(); }, { once: true });
    show('now');
  });
  if (navigator.standalone === false) show('by-hand'); // only browsers on iOS know the property, and none of them asks
}
