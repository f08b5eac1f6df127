import { isIP } from 'node:net';

/** Names that no public DNS gives an address: RFC 6761, RFC 6762, RFC 9476's neighbour `.internal` (ICANN, 2024), Kubernetes. */
const PRIVATE_SUFFIXES = ['.localhost', '.local', '.internal', '.svc'];

/**
 * Whether who names this host can have been led here by nobody but its user. A stranger's page can have the name of its
 * own site point to this address (DNS rebinding), and its script would read and do what the port allows; its name would
 * be in Host. It can't have an address for a name, nor a name without a dot or one of a private zone.
 * @param host as the header has it, with a port or without; absent: no browser leaves it out, and health checks of
 *   HTTP/1.0 do
 * @param allowed other names, in lower case
 */
export function isKnownHost(host: string | undefined, allowed: readonly string[]): boolean {
  if (host === undefined) return true;
  const name = URL.parse(`http://${host}/`)?.hostname.toLowerCase().replace(/\.$/, '');
  if (!name) return false;
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0 || !name.includes('.')) return true;
  return PRIVATE_SUFFIXES.some((suffix) => name.endsWith(suffix)) || allowed.includes(name);
}
