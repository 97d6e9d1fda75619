// The subscription the server knows, noted on the phone: pages and worker tell a changed one by it.
export const KNOWN = 'push';

export function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

// What the server is told of a subscription.
export function told(subscription) {
  return { address: subscription.endpoint, key: text(subscription.getKey('p256dh')), secret: text(subscription.getKey('auth')) };
}
