/**
 * Preloaded into the store that is soaked: asked over descriptor 3 it collects garbage, and tells what is left. So the store
 * itself has no door for it. Needs --expose-gc.
 */
import { Socket } from 'node:net';

const BYTES_PER_MB = 1e6;
/** What one collection finds dead may hold others, by weak references and finalisers. */
const COLLECTIONS = 3;

const listeners = () => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);

async function sample() {
  for (let count = 0; count < COLLECTIONS; count += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    heapMb: heapUsed / BYTES_PER_MB,
    externalMb: (external + arrayBuffers) / BYTES_PER_MB,
    listeners: listeners(),
    resources: process.getActiveResourcesInfo().length,
  };
}

const channel = new Socket({ fd: 3 });
channel.unref();
channel.on('data', () => void sample().then((found) => channel.write(`${JSON.stringify(found)}\n`)));
channel.on('error', () => undefined); // whoever asked has gone
