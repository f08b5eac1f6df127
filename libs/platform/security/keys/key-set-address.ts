const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether nobody between the issuer and us can change the keys: https, or http that doesn't leave this machine. */
export const isTamperProof = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

/** Whether all of it would be sent. */
export const isPlainAddress = ({ username, password, hash }: URL): boolean =>
  [username, password, hash].every((part) => part === '');
