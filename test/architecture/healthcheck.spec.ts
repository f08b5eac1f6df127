import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createManagementServer, type Managed } from '#platform/management';
import { readDockerfile } from './container-files.js';

/** The time that the Dockerfile gives the check. */
const TIMEOUT_MS = 3000;
/** Whoever takes longer hangs: a busy machine takes seconds to start a process. */
const HANG_MS = 20_000;

/** Runs the HEALTHCHECK of the image as Docker does, against a management port on this machine. */
async function runHealthcheck(port: number): Promise<number> {
  const check = readDockerfile().find(({ name }) => name === 'HEALTHCHECK')?.args ?? '';
  const [, ...args] = JSON.parse(check.slice(check.indexOf('['))) as string[];
  const env = { ...process.env, NODE_OPTIONS: '', MANAGEMENT_PORT: String(port) };
  const child = spawn(process.execPath, args, { env, stdio: 'inherit', timeout: HANG_MS, killSignal: 'SIGKILL' });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code === null) throw new Error(`The check was still running after ${HANG_MS} ms: ${signal}`);
  return code;
}

describe("the image's HEALTHCHECK", () => {
  let close: () => Promise<unknown> = () => Promise.resolve();
  afterEach(() => close());

  async function listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    close = () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    };
    return (server.address() as AddressInfo).port;
  }

  it('is content with the liveness route of the management server', async () => {
    // Liveness looks at nothing but the process, so the server gets nothing that it could look at.
    const management = createManagementServer({} as Managed);
    await management.listen({ port: 0, host: '127.0.0.1' });
    close = () => management.close();

    expect(await runHealthcheck((management.server.address() as AddressInfo).port)).toBe(0);
  });

  it('fails on a refusal', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(503).end()));

    expect(await runHealthcheck(port)).toBe(1);
  });

  it('fails where nobody listens', async () => {
    const port = await listen(createServer());
    await close();

    expect(await runHealthcheck(port)).toBe(1);
  });

  it('fails within its time on a process that hangs', async () => {
    let askedAtMs = 0;
    const port = await listen(createServer(() => void (askedAtMs = performance.now())));

    expect(await runHealthcheck(port)).toBe(1);
    expect(askedAtMs).toBeGreaterThan(0);
    expect(performance.now() - askedAtMs).toBeLessThan(TIMEOUT_MS);
  });
});
