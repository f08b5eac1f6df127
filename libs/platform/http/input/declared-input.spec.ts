import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { ValidationFailed } from '#platform/errors';
import { refuseUndeclaredInput, type DeclaredInput } from './declared-input.js';

async function answerOf(reads: DeclaredInput | undefined, url: string, body?: object) {
  const server = fastify();
  server.addHook('onRoute', refuseUndeclaredInput);
  server.setErrorHandler((error, _request, reply) =>
    reply.status(400).send(error instanceof ValidationFailed ? error.faults.map(({ pointer }) => pointer) : ['?']),
  );
  server.post('/route', { config: reads ? { reads } : {} }, () => 'done');
  const answer = await server.inject({ method: 'POST', url, ...(body && { payload: body }) });
  return answer.statusCode === 200 ? answer.body : answer.json<unknown>();
}

describe('a route that declares what it reads', () => {
  it('refuses a query where it declares none, and names each field', async () => {
    expect(await answerOf({ query: false, body: true }, '/route?dryRun=true&a~/b=1')).toEqual(['#/dryRun', '#/a~0~1b']);
  });

  it('refuses a body where it declares none', async () => {
    expect(await answerOf({ query: true, body: false }, '/route', { price: 5 })).toEqual(['#/price']);
  });

  it('takes an empty body for none: many clients send one', async () => {
    expect(await answerOf({ query: false, body: false }, '/route', {})).toBe('done');
    expect(await answerOf({ query: false, body: false }, '/route?')).toBe('done');
  });

  it('leaves what it declares to its rules', async () => {
    expect(await answerOf({ query: true, body: true }, '/route?x=1', { y: 1 })).toBe('done');
  });

  it('does not concern routes that are no API', async () => {
    expect(await answerOf(undefined, '/route?x=1', { y: 1 })).toBe('done');
  });
});
