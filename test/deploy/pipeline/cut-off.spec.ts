import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../system/support/spawn-service.js';
import { GOOD, imageOf, StubCluster } from './stub-cluster.js';

const ENDS_WITHIN_MS = 40_000;

/** A front door that answers nobody, until it is told to let everybody pass as a store does. */
class FrontDoor {
  asked: Promise<unknown>;
  private open = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      if (!this.open) return; // it is being smoked, and hangs
      const [status, body] = ANSWERS[`${request.method} ${request.url?.split('?')[0]}`] ?? [
        404,
        '"platform.route-not-found"',
      ];
      const isBad = request.url?.includes('nonsense');
      response.writeHead(isBad ? 400 : status).end(isBad ? '"platform.validation-failed"' : body);
    });
    this.asked = once(this.server, 'request');
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  opens(): void {
    this.open = true;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
  'GET /v1/products': [200, '{"items":[]}'],
  'POST /v1/orders': [401, '{"code":"x"}'],
};

describe('a rollout that is cut off while it is judged', () => {
  let cluster: StubCluster;
  let door: FrontDoor;
  beforeEach(async () => {
    cluster = await StubCluster.with();
    door = new FrontDoor();
  });
  afterEach(async () => {
    door.close();
    await cluster.remove();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s goes back to what was good, and says so', async (signal) => {
    const env = {
      IMAGE_REF: imageOf('b'),
      OVERLAY: 'production',
      PROMETHEUS_URL: 'none',
      SERVICE_URL: await door.listen(),
    };
    const child = spawn(join(ROOT, 'deploy/pipeline/roll-out.sh'), [], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, ...cluster.env },
      timeout: ENDS_WITHIN_MS,
    });
    const said = text(child.stderr);
    const ended = once(child, 'exit');
    await door.asked;
    door.opens();
    child.kill(signal);
    const [code] = (await ended) as [number | null];

    expect(code).toBe(1);
    expect(await said).toMatch(/== it was cut off: going back\n(?:.*\n)*== rolled back; what failed stands above\n$/);
    expect(await cluster.imagesNow()).toEqual([GOOD, GOOD]);
  });
});
