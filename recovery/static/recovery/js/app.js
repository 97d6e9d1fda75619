// Small enhancements. Every page works without this file.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Appearance: the server sets data-theme on <html>; picking another shows it at once, saving the form keeps it.
function previewTheme() {
  for (const input of all('[data-theme-pick] input')) {
    input.addEventListener('change', () => {
      if (input.value === 'auto') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = input.value;
    });
  }
}

// "None of these" clears the rest, and the rest clear it.
function keepExclusive(group) {
  group.addEventListener('change', ({ target }) => {
    if (!target.checked) return;
    for (const box of all('input', group)) {
      const opposed = 'none' in target.dataset !== 'none' in box.dataset;
      if (opposed) box.checked = false;
    }
  });
}

// Browsers without command and commandfor still open and close their dialogs.
function wireDialogs() {
  const native = 'command' in HTMLButtonElement.prototype;
  for (const button of native ? [] : all('[commandfor]')) {
    button.addEventListener('click', () => {
      const dialog = document.getElementById(button.getAttribute('commandfor'));
      if (button.getAttribute('command') === 'close') dialog?.close();
      else dialog?.showModal();
    });
  }
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDialogElement) wanted.showModal();
}

// Wide charts on a phone open at today, not at the first day.
function scrollToToday() {
  for (const box of all('[data-scroll-end]')) box.scrollLeft = box.scrollWidth;
}

// A printed report carries the numbers as well as the picture.
function wirePrinting() {
  addEventListener('beforeprint', () => all('details.fold').forEach((fold) => { fold.open = true; }));
  for (const button of all('[data-print]')) button.addEventListener('click', () => print());
}

// A menu closes when the person turns to something else.
function closeMenus() {
  document.addEventListener('click', ({ target }) => {
    for (const menu of all('details.menu[open]')) if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') for (const menu of all('details.menu[open]')) menu.open = false;
  });
}

// A form is sent once, however often the button is tapped; coming back with the back button frees it again.
function sendOnce() {
  document.addEventListener('submit', (event) => {
    if (event.target.method !== 'post' || event.defaultPrevented) return;
    if ('sent' in event.target.dataset) event.preventDefault();
    else event.target.dataset.sent = '';
  });
  addEventListener('pageshow', () => all('form[data-sent]').forEach((form) => { delete form.dataset.sent; }));
}

previewTheme();
all('[data-exclusive]').forEach(keepExclusive);
wireDialogs();
scrollToToday();
wirePrinting();
closeMenus();
sendOnce();
