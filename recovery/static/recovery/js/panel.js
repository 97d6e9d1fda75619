// The panel by keyboard, and kept fresh without losing one's place. Every key has a link or a field that does the same.
const people = () => [...document.querySelectorAll('.panel th[scope="row"] a')];
const KEPT = 'backstride-panel-keys';
const isTyping = (target) => target.closest('input, select, textarea, [contenteditable]');

function step(by) {
  const links = people();
  const here = links.findIndex((link) => link.closest('tr').contains(document.activeElement));
  const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.activeElement.closest?.('.panel tr')?.querySelector('.act a')?.click(),
  '/': () => document.getElementById('q')?.focus(),
};

// A single letter may be typed by accident, or spoken to the machine: whoever does not want the keys turns them off.
function wireKeys() {
  const choice = document.querySelector('[data-panel-keys]');
  if (!choice) return;
  choice.checked = localStorage.getItem(KEPT) !== 'off';
  choice.addEventListener('change', () => localStorage.setItem(KEPT, choice.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    if (!choice.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });
}

// Old news must not look new: without an answer, or with the sign-in page as the answer, the page says so.
function watchRefresh() {
  const say = (isStale) => {
    const note = document.querySelector('[data-stale]');
    if (note) note.hidden = !isStale;
  };
  for (const event of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) document.addEventListener(event, () => say(true));
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr.responseText.includes('id="people"')) say(false);
    else {
      event.detail.shouldSwap = false;
      say(true);
    }
  });
}

wireKeys();
watchRefresh();
