// Makes the site an app that opens without a network. Every page works without this file.
const root = document.documentElement;

// A page the phone kept says how old it is.
function sayHowOld() {
  const at = root.dataset.kept && new Date(root.dataset.kept);
  const words = document.querySelector('[data-kept-at]');
  if (!at || !words) return;
  words.dateTime = at.toISOString();
  words.textContent = new Intl.DateTimeFormat(root.lang, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(at);
}

async function install() {
  await navigator.serviceWorker.register('/service-worker.js', { type: 'module', updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  if (root.dataset.person && !root.dataset.kept) active.postMessage('keep pages');
}

sayHowOld();
if ('serviceWorker' in navigator) {
  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(() => install().catch(() => {}));
  if (document.readyState === 'complete') whenIdle();
  else addEventListener('load', whenIdle, { once: true });
}
