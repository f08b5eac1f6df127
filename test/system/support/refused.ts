import { once } from 'node:events';
import { connect } from 'node:net';

/** Resolves when nobody listens at this URL any more. */
export async function refused(url: string, timeoutMs = 10_000): Promise<void> {
  const endsAtMs = performance.now() + timeoutMs;
  while (await connects(url)) {
    if (performance.now() > endsAtMs) throw new Error(`${url} still takes connections.`);
  }
}

async function connects(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
