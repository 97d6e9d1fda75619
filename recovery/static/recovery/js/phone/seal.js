// Locks what belongs to one person with a key that cannot leave this browser, so that nothing readable lies on the disk.
import { within } from './store.js';

const KIND = 'AES-GCM';
const text = new TextEncoder();

async function keyOf(person) {
  const known = await within(['keys'], 'readonly', ({ keys }) => keys.get(person));
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: KIND, length: 256 }, false, ['encrypt', 'decrypt']);
  let chosen = fresh;
  await within(['keys'], 'readwrite', ({ keys }) => {
    keys.get(person).onsuccess = ({ target }) => { // another window may have been quicker
      if (target.result) chosen = target.result;
      else keys.put(fresh, person);
    };
  });
  return chosen;
}

// The name goes into the lock: what was sealed under one name opens under no other.
const lock = (iv, person, name) => ({ name: KIND, iv, additionalData: text.encode(`${person} ${name}`) });

export async function seal(person, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(lock(iv, person, name), await keyOf(person), text.encode(JSON.stringify(value)));
  return { iv, sealed };
}

export async function unseal(person, name, { iv, sealed }) {
  const opened = await crypto.subtle.decrypt(lock(iv, person, name), await keyOf(person), sealed);
  return JSON.parse(new TextDecoder().decode(opened));
}
