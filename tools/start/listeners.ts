import { isIPv6 } from 'node:net';
import { Refusal } from '../process/refusal.ts';

/** One address that the service listens on. */
export interface Listener {
  readonly portVariable: 'PORT' | 'MANAGEMENT_PORT';
  readonly port: number;
  readonly addressVariable: 'BIND_ADDRESS' | 'MANAGEMENT_BIND_ADDRESS';
  readonly bindAddress: string;
  /** Where it answers somebody on this machine: `http://127.0.0.1:3000`. */
  readonly origin: string;
}

export interface Listeners {
  readonly api: Listener;
  readonly management: Listener;
}

const ANY_ADDRESS = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

/**
 * Where the service will listen, by the same variables and defaults as its own.
 * @throws Refusal for what is no port or address: whoever waits for the service must know where it will be
 */
export function listenersOf(env: NodeJS.ProcessEnv): Listeners {
  const api = listenerOf(env, {
    portVariable: 'PORT',
    port: 3000,
    addressVariable: 'BIND_ADDRESS',
    bindAddress: ANY_ADDRESS,
  });
  const management = listenerOf(env, {
    portVariable: 'MANAGEMENT_PORT',
    port: 9090,
    addressVariable: 'MANAGEMENT_BIND_ADDRESS',
    bindAddress: LOOPBACK,
  });
  if (api.port === management.port) throw new Refusal('PORT and MANAGEMENT_PORT must differ.');
  return { api, management };
}

/** Whether the listener takes what arrives at any address of the machine. */
export function listensEverywhere({ bindAddress }: Listener): boolean {
  return isWildcard(hostnameOf(bindAddress));
}

function listenerOf(env: NodeJS.ProcessEnv, unlessSet: Omit<Listener, 'origin'>): Listener {
  const { portVariable, addressVariable } = unlessSet;
  const text = env[portVariable]?.trim() ?? String(unlessSet.port);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Refusal(`${portVariable} must be a port number from 1 to 65535.`);
  const bindAddress = env[addressVariable]?.trim() ?? unlessSet.bindAddress;
  const hostname = hostnameOf(bindAddress);
  if (hostname === null) throw new Refusal(`${addressVariable} must be an IP address or a host name.`);
  // A listener on all addresses, of IPv6 too (Node leaves IPV6_V6ONLY off), answers on the loopback one.
  const origin = `http://${isWildcard(hostname) ? LOOPBACK : hostname}:${port}`;
  return { portVariable, port, addressVariable, bindAddress, origin };
}

/** As it stands in a URL, in one spelling (`0:0::0` is `[::]`); null for what can't. It will be in shell commands. */
function hostnameOf(address: string): string | null {
  if (!isIPv6(address) && !/^[\w.-]+$/.test(address)) return null;
  const url = `http://${isIPv6(address) ? `[${address}]` : address}`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function isWildcard(hostname: string | null): boolean {
  return hostname === ANY_ADDRESS || hostname === '[::]';
}
