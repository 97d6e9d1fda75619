// What this phone keeps, in one small database that pages and worker share.
const NAME = 'backstride';
const VERSION = 1;
const STORES = { keys: null, facts: null, pages: 'path', entries: 'id' };
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) {
        if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store, { keyPath });
      }
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close(); // a newer release in another window must not wait for this one
      database.onclose = () => { opening = undefined; };
      resolve(database);
    };
  });
  opening.catch(() => { opening = undefined; });
  return opening;
}

// Runs one transaction; `act` gets the stores by name and may return a request whose result is the answer.
export async function within(stores, mode, act) {
  const database = await open();
  const transaction = database.transaction(stores, mode, { durability: 'strict' });
  return new Promise((resolve, reject) => {
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    const asked = act(Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)])), transaction);
    transaction.oncomplete = () => resolve(asked?.result);
  });
}

export const fact = (name) => within(['facts'], 'readonly', ({ facts }) => facts.get(name));
export const note = (name, value) => within(['facts'], 'readwrite', ({ facts }) => facts.put(value, name));
