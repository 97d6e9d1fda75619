// The browser wakes the worker when the network is back, even with every window closed.
import { send } from '../phone/queue.js';

export const TAG = 'check-ins';

export async function sendWaiting() {
  const outcomes = Object.values(await send());
  if (outcomes.some(({ state }) => state === 'waiting')) throw new Error('not yet'); // the browser asks again later
}
