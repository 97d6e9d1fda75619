// What was sent lately, locked: when the server had to go back to a backup, the phone offers it again.
import { seal, unseal } from './seal.js';
import { fact, note, within } from './store.js';

const TWO_WEEKS = 14 * 24 * 3600 * 1000;
const SENT = 'sent ';
const nameOf = (person, { id, made_at: made }) => `${SENT}${person} ${id} ${made}`;
const ofPerson = (person) => IDBKeyRange.bound(`${SENT}${person} `, `${SENT}${person}!`);

export async function remember(person, said) {
  const name = nameOf(person, said.body);
  const locked = await seal(person, name, { body: said.body, corrects: said.corrects ?? false, urgency: said.urgency ?? '' });
  await note(name, { at: Date.now(), ...locked });
  await forgetOld(person);
}

function forgetOld(person) {
  return within(['facts'], 'readwrite', ({ facts }) => {
    facts.openCursor(ofPerson(person)).onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (Date.now() - cursor.value.at > TWO_WEEKS) cursor.delete();
      cursor.continue();
    };
  });
}

// Everything said lately, oldest first, once the server says that it went back to a backup since we last heard.
export async function lostOnRestore(person, epoch) {
  const known = await fact(`epoch ${person}`);
  return known === undefined || known === epoch ? [] : allOf(person);
}

export const heard = (person, epoch) => note(`epoch ${person}`, epoch);

async function allOf(person) {
  const names = await within(['facts'], 'readonly', ({ facts }) => facts.getAllKeys(ofPerson(person)));
  const rows = await within(['facts'], 'readonly', ({ facts }) => facts.getAll(ofPerson(person)));
  const opened = await Promise.all(rows.map((row, at) => unseal(person, names[at], row).then((said) => ({ at: row.at, said })).catch(() => null)));
  return opened.filter((row) => row && Date.now() - row.at < TWO_WEEKS).sort((a, b) => a.at - b.at).map(({ said }) => said);
}
