import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Groups of an IPv6 address that a provider hands out as one: a /64 is one client, who may draw addresses in it at will. */
const GROUPS_OF_A_CLIENT = 4;
const GROUPS = 8;

/** The client's address, of a trusted proxy's X-Forwarded-For if that holds one, else of the socket; '' when it is gone. */
export function clientAddressOf(request: FastifyRequest): string {
  const told = request.ip as string | undefined; // undefined once the socket was reset
  if (told !== undefined && isIP(told) !== 0) return told;
  return request.raw.socket.remoteAddress ?? '';
}

/** One key for all the addresses that are one client's: IPv4 as it is, IPv6 by its /64. */
export function clientBlockOf(address: string): string {
  const mapped = address.toLowerCase().startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (isIPv4(mapped) || !isIPv6(address)) return mapped;
  return `${groupsOf(address).slice(0, GROUPS_OF_A_CLIENT).join(':')}::/64`;
}

function groupsOf(address: string): string[] {
  const [withoutZone = ''] = address.toLowerCase().split('%');
  const [head = '', tail] = withoutZone.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : GROUPS - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right];
  return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}
