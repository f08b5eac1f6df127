import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { steadyPort } from '#platform/testing';
import { runningService, type RunningService } from '../../system/support/running-service.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { step } from './step.js';

const CHECKS = 5;
const count = (output: string, word: string): number =>
  output.split('\n').filter((line) => line.startsWith(word)).length;

describe('the smoke test', () => {
  let store: RunningService;
  beforeAll(async () => (store = await runningService({})));
  afterAll(() => store.stop());

  it('passes on a store that serves', async () => {
    const { code, output } = await step('smoke', { SERVICE_URL: `${store.process.url}/` });

    expect(output).not.toContain('FAILED');
    expect({ code, ok: count(output, 'ok'), failed: count(output, 'FAILED') }).toEqual({
      code: 0,
      ok: CHECKS,
      failed: 0,
    });
  });

  it('fails on a store whose database is away, and says on what', async () => {
    const databaseUrl = `postgres://store@127.0.0.1:${await steadyPort()}/store`;
    const lonely = await StoreProcess.start({ databaseUrl });
    try {
      const { code, output } = await step('smoke', { SERVICE_URL: lonely.url });

      expect(code).toBe(1);
      expect(output).toMatch(/^FAILED {2}products are listed: not 200 .*platform\.database-unavailable/m);
    } finally {
      await lonely.stop();
    }
  });

  it('fails where nobody listens', async () => {
    const { code, output } = await step('smoke', { SERVICE_URL: `http://127.0.0.1:${await steadyPort()}` });

    expect({ code, failed: count(output, 'FAILED') }).toEqual({ code: 1, failed: CHECKS });
  });

  it('fails on another service, which answers 200 to everything', async () => {
    const server = createServer((_request, response) => response.end('{"items":[]}'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    const { code, output } = await step('smoke', { SERVICE_URL: `http://127.0.0.1:${port}` });

    server.close();
    expect({ code, failed: count(output, 'FAILED') }).toEqual({ code: 1, failed: CHECKS - 1 });
  });
});
