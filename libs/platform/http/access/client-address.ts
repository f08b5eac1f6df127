import { isIP, isIPv4, isIPv6, SocketAddress } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Groups of an IPv6 address that a provider hands out as one: a /64 is one client, who may draw addresses in it at will. */
const GROUPS_OF_A_CLIENT = 4;
const GROUPS = 8;
/** The prefix of IPv4 addresses in IPv6 (RFC 4291, 2.5.5.2): so a socket that listens to both tells them. */
const MAPPED = '::ffff:';

/** The client's address, of a trusted proxy's X-Forwarded-For if that holds one, else of the socket; '' when it is gone. */
export function clientAddressOf(request: FastifyRequest): string {
  const told = request.ip as string | undefined; // undefined once the socket was reset
  const address = told && withoutPort(told);
  if (address && isIP(address) !== 0) return address;
  return request.raw.socket.remoteAddress ?? '';
}

/** Some gateways add the port that the client came from: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(told: string): string {
  if (told.startsWith('[')) return told.slice(1, told.indexOf(']'));
  const colon = told.indexOf(':');
  return colon !== -1 && colon === told.lastIndexOf(':') ? told.slice(0, colon) : told;
}

/** One key for all the addresses that are one client's: IPv4 as it is, also within IPv6, and IPv6 by its /64. */
export function clientBlockOf(address: string): string {
  if (!isIPv6(address)) return address;
  if (address.startsWith(MAPPED) && isIPv4(address.slice(MAPPED.length))) return address.slice(MAPPED.length); // the usual
  const [withoutZone = ''] = address.split('%');
  const { address: canonical } = new SocketAddress({ address: withoutZone, family: 'ipv6' });
  const mapped = canonical.startsWith(MAPPED) ? canonical.slice(MAPPED.length) : '';
  return isIPv4(mapped) ? mapped : `${groupsOf(canonical).slice(0, GROUPS_OF_A_CLIENT).join(':')}::/64`;
}

/** Of the canonical form, which leaves out one run of zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const missing = Array.from({ length: Math.max(0, GROUPS - left.length - right.length) }, () => '0');
  return [...left, ...missing, ...right];
}
