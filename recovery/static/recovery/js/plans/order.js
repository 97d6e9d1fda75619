// Exercises are put in order by dragging a handle or with the arrow keys on it; the order is saved with the page.
// Without this script the buttons beside each exercise do the same, one step at a time.
const table = document.querySelector('[data-sorts]');
const order = document.querySelector('[data-order]');
const rows = () => [...table.querySelectorAll(':scope > tbody[id]')];
const nameOf = (row) => row.querySelector('th').textContent.trim();
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
let dragged = null;

function settle(row) {
  const all = rows();
  order.value = all.map((each) => each.id).join(' ');
  all.forEach((each, place) => {
    each.querySelector('[value^="up:"]').disabled = place === 0;
    each.querySelector('[value^="down:"]').disabled = place === all.length - 1;
  });
  order.dispatchEvent(new CustomEvent('reordered', { bubbles: true }));
  const values = { name: nameOf(row), place: all.indexOf(row) + 1, count: all.length };
  document.getElementById(table.dataset.sorts).textContent = filled(table.dataset.moved, values);
}

function move(row, by) {
  const all = rows();
  const there = all[all.indexOf(row) + by];
  if (!there) return;
  if (by < 0) there.before(row); else there.after(row);
  settle(row);
}

function handleOf(row) {
  const handle = document.createElement('span'); // not every browser drags a button
  const icon = row.querySelector('.acts .icon').cloneNode(true);
  icon.querySelector('use').setAttribute('href', icon.querySelector('use').getAttribute('href').replace(/#.*/, '#i-swap'));
  Object.assign(handle, { role: 'button', tabIndex: 0, className: 'btn btn--plain btn--icon handle', draggable: true });
  handle.setAttribute('aria-label', filled(table.dataset.handle, { name: nameOf(row) }));
  handle.append(icon);
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    move(row, by);
    handle.focus();
  });
  handle.addEventListener('dragstart', (event) => {
    dragged = row;
    row.classList.add('is-dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', row.id);
  });
  handle.addEventListener('dragend', () => {
    row.classList.remove('is-dragged');
    dragged = null;
  });
  return handle;
}

if (table && order) {
  for (const row of rows()) row.querySelector('.acts .cluster').prepend(handleOf(row));
  table.addEventListener('dragover', (event) => {
    const over = event.target.closest('tbody[id]');
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
  });
  table.addEventListener('drop', (event) => {
    if (!dragged) return;
    event.preventDefault();
    settle(dragged);
  });
}
