import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createClient } from 'redis';
import type { ServiceName } from './services.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const SCAN_COUNT = 1_000;

/** Takes away what was put under our name into a server that others use. */
export function forgetIn(service: ServiceName, url: string, name: string): Promise<void> {
  return service === 'redis' ? forgetKeys(url, name) : forgetStream(url, name);
}

async function forgetKeys(url: string, prefix: string): Promise<void> {
  const client = createClient({ url, socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false } });
  client.on('error', () => undefined); // the command fails as well
  await client.connect();
  try {
    for await (const keys of client.scanIterator({ MATCH: `${prefix}:*`, COUNT: SCAN_COUNT })) {
      if (keys.length > 0) await client.unlink(keys);
    }
  } finally {
    client.destroy();
  }
}

async function forgetStream(url: string, stream: string): Promise<void> {
  const connection = await connect({ servers: url, reconnect: false, timeout: CONNECT_TIMEOUT_MS });
  try {
    const manager = await jetstreamManager(connection);
    const names: string[] = [];
    for await (const { config } of manager.streams.list()) names.push(config.name);
    if (names.includes(stream)) await manager.streams.delete(stream);
  } finally {
    await connection.close();
  }
}
