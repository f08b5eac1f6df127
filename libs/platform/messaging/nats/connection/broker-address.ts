import type { ConnectionOptions } from '@nats-io/transport-node';

const PORT_DEFAULT = '4222';

type Address = Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'>;

/**
 * Where the broker is, in the client's words. Credentials are taken out of the URLs: the client would take digits of a
 * password for the port, and tells addresses in its events.
 */
export function brokerAddress(urls: readonly string[]): Address {
  const servers = urls.map((text) => new URL(text)).map(({ hostname, port }) => `${hostname}:${port || PORT_DEFAULT}`);
  const tls = urls.some((text) => new URL(text).protocol === 'tls:');
  return { servers, ...credentialsOf(urls), ...(tls && { tls: {} }) };
}

/** The different credentials that the URLs name, `user:password` each, or `token`. */
export function credentialsIn(urls: readonly string[]): readonly string[] {
  const named = urls.flatMap((text) => {
    const url = URL.parse(text);
    return url === null || url.username === '' ? [] : [`${url.username}:${url.password}`];
  });
  return [...new Set(named)];
}

function credentialsOf(urls: readonly string[]): Pick<Address, 'user' | 'pass' | 'token'> {
  const named = urls.map((text) => new URL(text)).find(({ username }) => username !== '');
  if (named === undefined) return {};
  const user = decodeURIComponent(named.username);
  return named.password === '' ? { token: user } : { user, pass: decodeURIComponent(named.password) };
}
