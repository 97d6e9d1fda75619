// Scripts, styles and drawings: from the phone when their name says what is in them, else from the network first.
const SHELL = 'shell-';
const BESIDE_PAGES = 'beside-pages';
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

export const isFile = (url) => new URL(url).pathname.startsWith('/static/');

// The product's own pages are asked for as a stranger, so that nothing personal is in them.
export async function keepShell({ version, pages, files }) {
  const cache = await caches.open(SHELL + version);
  await cache.addAll(files);
  await cache.addAll(pages.map((page) => new Request(page, { credentials: 'omit', cache: 'no-store' })));
}

export async function dropOldFiles({ version }) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(SHELL) && name !== SHELL + version).map((name) => caches.delete(name)));
}

export const fromShell = (path) => caches.match(path, { ignoreVary: true });

export async function fileFor(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  try {
    return await fetch(request);
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

// The files some pages need, and no others.
export async function keepBeside(wanted) {
  const cache = await caches.open(BESIDE_PAGES);
  for (const { url } of await cache.keys()) if (!wanted.has(new URL(url).pathname)) await cache.delete(url);
  const missing = [];
  for (const path of wanted) if (!HASHED.test(path) || !(await caches.match(path))) missing.push(path);
  await cache.addAll(missing);
}

export const dropBeside = () => caches.delete(BESIDE_PAGES);
