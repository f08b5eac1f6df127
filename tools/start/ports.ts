import { listenablePort } from '../embedded-postgres/free-port.ts';
import { Refusal } from '../process/refusal.ts';
import { type Listener, type Listeners, listensEverywhere } from './listeners.ts';

/**
 * Looks before anything expensive is done.
 * @throws Refusal that names the variable and the way to choose another value
 */
export async function refuseTakenPorts({ api, management }: Listeners): Promise<void> {
  for (const listener of [api, management]) await refuseTaken(listener);
}

async function refuseTaken(listener: Listener): Promise<void> {
  const { port, portVariable, bindAddress, addressVariable } = listener;
  if ((await listenablePort(0, bindAddress)) === null) {
    throw new Refusal(`${addressVariable}=${bindAddress} is no address that this machine can listen on.`);
  }
  // A program on the loopback address alone would be shadowed by a listener on all addresses, or shadow it.
  const addresses = listensEverywhere(listener) ? [bindAddress, '127.0.0.1'] : [bindAddress];
  for (const address of addresses) {
    if ((await listenablePort(port, address)) !== null) continue;
    throw new Refusal(
      `Port ${port} (${portVariable}) is in use by another program, or not allowed to this user.\n` +
        `Choose another: ${portVariable}=${suggestionFor(port)} npm start`,
    );
  }
}

/** Another one, that is as likely to be allowed. */
export function suggestionFor(port: number): number {
  return port <= 65_435 && port >= 1024 ? port + 100 : 8_080;
}
