import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { Refusal } from '../../tools/process/refusal.js';
import { LoadProcess } from './load-process.js';
import { answerWith, type LocalServer, localServer, plannedRequest } from './testing/local-server.js';

const LOAD = { durationMs: 100, connections: 1, bearable: [503] };

describe('the process that makes the load', () => {
  const servers: LocalServer[] = [];
  let load: LoadProcess;
  beforeEach(() => void (load = new LoadProcess()));
  afterEach(async () => {
    await load.stop();
    for (const server of servers.splice(0)) server.close();
  });

  async function planned(name: string, answer: (response: ServerResponse) => void): Promise<void> {
    const server = await localServer((_request, response) => answer(response));
    servers.push(server);
    await load.plan(name, `http://127.0.0.1:${server.port}`, [plannedRequest()]);
  }

  it('gives what a run has counted', async () => {
    await planned('prompt', answerWith);

    const { answers, statuses } = await load.run('prompt', LOAD);

    expect(statuses).toEqual({ 200: answers });
  });

  it('computes while it waits, where it is asked to, and sleeps where it is not', async () => {
    await planned('slow', (response) => setTimeout(() => answerWith(response), 50));

    const awake = await load.run('slow', { ...LOAD, awake: true });
    const asleep = await load.run('slow', LOAD);

    expect(awake.loadBusy).toBeGreaterThan(2 * asleep.loadBusy);
  });

  it('refuses a server that does not answer as it should', async () => {
    await planned('wrong', (response) => answerWith(response, '[]'));

    await expect(load.run('wrong', LOAD)).rejects.toThrow(/^wrong does not answer as it should. Expected 200 {}/);
  });

  it('refuses one that does not answer, and does not take its late result for that of the next run', async () => {
    const held: ServerResponse[] = [];
    await planned('silent', (response) => held.push(response));
    await planned('prompt', (response) => {
      for (const late of held.splice(0)) answerWith(late, '', 503); // the run of the silent one ends now
      answerWith(response);
    });

    const refusal: unknown = await load.run('silent', LOAD, 50).catch((error: unknown) => error);
    const { statuses } = await load.run('prompt', LOAD);

    expect(refusal).toEqual(new Refusal('The load has given no result within 150 ms: run silent.'));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(Object.keys(statuses)).toEqual(['200']);
  });

  it('says so when it has ended', async () => {
    await load.stop();

    await expect(load.forget('prompt')).rejects.toThrow('The process that makes the load has ended.');
  });
});
