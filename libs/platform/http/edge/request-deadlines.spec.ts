import { request as httpRequest, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { currentRequest } from '#platform/context';
import { ClientDisconnected, DeadlineExceeded, type Deadline } from '#platform/deadline';
import { HttpSettings } from '../http.settings.js';
import { SheddingSettings } from '../shedding/shedding.settings.js';
import { createPublicServer, type PublicServer } from './fastify.js';
import type { ResponseOutcome } from './response-observer.js';

const DEFAULT_MS = 60;

describe('the deadline of a request', () => {
  let server: PublicServer;
  let url: string;
  let begun: PromiseWithResolvers<Deadline>;
  let outcomes: ResponseOutcome[];

  beforeEach(async () => {
    await listen({});
  });
  afterEach(() => server.fastify.close());

  const listen = async (env: Record<string, string>): Promise<void> => {
    const settings = loadSettings({ NODE_ENV: 'test', REQUEST_TIMEOUT_MS: String(DEFAULT_MS), ...env });
    server = await createPublicServer(settings.get(HttpSettings), settings.get(SheddingSettings));
    begun = Promise.withResolvers();
    outcomes = [];
    server.pipeline.observedBy([{ responded: (outcome) => void outcomes.push(outcome) }]);
    const hang = () => {
      const deadline = currentRequest()?.deadline;
      if (deadline) begun.resolve(deadline);
      return new Promise(() => undefined); // deaf to its end
    };
    server.fastify.get('/deaf', { config: { access: 'public' } }, hang);
    server.fastify.get('/own', { config: { access: 'public', requestTimeoutMs: 5 } }, hang);
    server.fastify.get('/budget', { config: { access: 'public' } }, () => ({
      ms: currentRequest()?.deadline.budgetMs,
    }));
    await server.fastify.listen({ port: 0, host: '127.0.0.1' });
    url = `http://127.0.0.1:${(server.fastify.server.address() as AddressInfo).port}`;
  };
  const budgetFor = async (header?: string): Promise<unknown> =>
    (
      await fetch(`${url}/budget`, { ...(header !== undefined && { headers: { 'x-request-timeout-ms': header } }) })
    ).json();

  it('ends what works for it, and answers 504 also where that is deaf', async () => {
    const answer = await fetch(`${url}/deaf`);

    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ code: 'platform.deadline-exceeded', status: 504 });
    expect((await begun.promise).reason).toBeInstanceOf(DeadlineExceeded);
  });

  it('is shorter on a route that says so', async () => {
    expect((await fetch(`${url}/own`)).status).toBe(504);
    expect((await begun.promise).budgetMs).toBe(5);
  });

  it('is over when the client goes away', async () => {
    const client: ClientRequest = httpRequest(`${url}/deaf`).on('error', () => undefined);
    client.end();
    const deadline = await begun.promise;
    const ended = new Promise((resolve) => deadline.onEnd(resolve));
    client.destroy();

    expect(await ended).toBeInstanceOf(ClientDisconnected);
    expect(outcomes).toMatchObject([{ status: 499 }]);
  });

  it('takes nobody at their word by default', async () => {
    expect(await budgetFor('10')).toEqual({ ms: DEFAULT_MS });
  });

  it.each([
    ['10', 10],
    ['0', 0],
    ['999999', DEFAULT_MS],
    ['-1', DEFAULT_MS],
    ['1e1', DEFAULT_MS],
    [' ', DEFAULT_MS],
    [undefined, DEFAULT_MS],
  ])('is what a trusted proxy has left: %j makes %i', async (header, ms) => {
    await server.fastify.close();
    await listen({ TRUST_PROXY: '127.0.0.0/8' });

    expect(await budgetFor(header)).toEqual({ ms });
  });
});
