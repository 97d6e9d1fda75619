// The phone's days. Its clock may be off: the worker notes how far, from the server's own answers.
import { fact } from './store.js';

const HOUR = 3600 * 1000;
const TURN = 4; // the day changes at 04:00
const NOON = 12;

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export async function now() {
  return new Date(Date.now() + ((await fact('clock')) ?? 0));
}

export function dayOf(instant) {
  const shifted = new Date(instant - TURN * HOUR);
  return [shifted.getFullYear(), shifted.getMonth() + 1, shifted.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

export const dayBefore = (instant) => dayOf(instant - 24 * HOUR);
export const yesterdayIsOpen = (instant) => instant.getHours() >= TURN && instant.getHours() < NOON;

export function inWords(day, style = { weekday: 'long', day: 'numeric', month: 'long' }) {
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(`${day}T12:00`));
}
