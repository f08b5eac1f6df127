import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Public, RequiresScope } from '#platform/http';
import { Idempotent } from './idempotent.decorator.js';
import { IdempotencyStore } from './store/idempotency-store.js';
import { LineBusy, LineRefused } from './testing/ledger.controller.js';
import { LedgerService } from './testing/ledger.service.js';

/** Its first try prepares an answer, of which none of the second is to be seen. */
@Controller()
class WaveringController {
  private tries = 0;

  @Post('wavering-lines')
  @HttpCode(201)
  @RequiresScope('catalog:write')
  @Idempotent()
  add(@Res({ passthrough: true }) reply: FastifyReply) {
    this.tries += 1;
    if (this.tries === 1) void reply.status(202).header('location', '/lines/first').header('etag', '"1"');
    return { tries: this.tries };
  }
}

let ledger: LedgerService;
beforeAll(async () => {
  ledger = await LedgerService.started({}, [WaveringController]);
});
afterAll(() => ledger.close());
afterEach(() => {
  ledger.plot.during = () => Promise.resolve();
});

const KEPT = ['content-type', 'etag', 'location', 'content-length', 'cache-control'] as const;
type Response = Awaited<ReturnType<LedgerService['send']>>;
const kept = ({ statusCode, headers, body }: Response) => ({
  statusCode,
  body,
  headers: KEPT.map((name) => headers[name]),
});

/** Sends one request twice, and says how often its work was done. */
async function twice(sending: Parameters<LedgerService['send']>[0] = {}) {
  const key = randomUUID();
  const before = ledger.plot.runs;
  const [first, second] = [await ledger.send({ key, ...sending }), await ledger.send({ key, ...sending })];
  return { key, first, second, runs: ledger.plot.runs - before };
}

describe('a repeated request', () => {
  it('gets the same status, headers and body, and its handler does not run', async () => {
    const { first, second, runs } = await twice();

    expect(first).toMatchObject({ statusCode: 201 });
    expect(first.headers).toMatchObject({ location: '/lines/one', etag: '"1"', 'x-other': 'not kept' });
    expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(first.body)).toMatchObject({ text: 'one', note: 'ünïcode \u2028 "quoted"' });
    expect(kept(second)).toEqual(kept(first));
    expect(second.headers).not.toHaveProperty('x-other');
    expect(runs).toBe(1);
  });

  it('has a request id of its own, and rate limits as they are now', async () => {
    const { first, second } = await twice();

    expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(second.headers['ratelimit']).not.toBe(first.headers['ratelimit']);
  });

  it('of a route that answers with nothing gets nothing again', async () => {
    const { first, second, runs } = await twice({ path: '/silent-lines' });

    expect(kept(first)).toMatchObject({ statusCode: 204, body: '' });
    expect(kept(second)).toEqual(kept(first));
    expect(runs).toBe(1);
  });

  it('may write its body in another order, and its key in quotes', async () => {
    const key = randomUUID();
    const first = await ledger.send({ key, body: { text: 'ordered', hand: 'left' } });
    const second = await ledger.send({ key: `"${key}"`, body: { hand: 'left', text: 'ordered' } });

    expect(first.statusCode).toBe(201);
    expect(kept(second)).toEqual(kept(first));
  });

  it('is seen in the log and the metrics', async () => {
    const before = await ledger.counted();
    await twice();

    expect(ledger.lastLine).toMatchObject({ idempotency: 'replayed' });
    const after = await ledger.counted();
    expect(after['executed']).toBe((before['executed'] ?? 0) + 1);
    expect(after['replayed']).toBe((before['replayed'] ?? 0) + 1);
  });
});

describe('work that is begun again', () => {
  it('answers with what its last try has prepared, and with the status of its route', async () => {
    const store = ledger.service.app.get(IdempotencyStore, { strict: false });
    jest.spyOn(store, 'keep').mockResolvedValueOnce(false); // as when a twin was faster

    const answer = await ledger.send({ path: '/wavering-lines' });

    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ tries: 2 });
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers).not.toHaveProperty('etag');
  });
});

describe('a key', () => {
  it.each([
    ['without', null, 'platform.idempotency-key-required', 'required'],
    ['that is empty', '', 'platform.idempotency-key-invalid', 'invalid'],
    ['with a space', 'a b', 'platform.idempotency-key-invalid', 'invalid'],
    ['that came twice', 'a, a', 'platform.idempotency-key-invalid', 'invalid'],
    ['of 256 characters', 'k'.repeat(256), 'platform.idempotency-key-invalid', 'invalid'],
  ])('%s is 400, and nothing is done', async (_what, key, code, idempotency) => {
    const before = ledger.plot.runs;
    const answer = await ledger.send({ key });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code });
    expect(ledger.lastLine).toMatchObject({ errorCode: code, idempotency });
    expect(ledger.plot.runs).toBe(before);
  });

  it.each([
    ['another text', { body: { text: 'two' } }],
    ['one field more', { body: { text: 'one', more: 1 } }],
    ['a number for a text', { body: { text: 1 } }],
  ])('with another body is 422: %s', async (_what, other) => {
    const { key } = await twice();
    const answer = await ledger.send({ key, ...other });

    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'platform.idempotency-key-reused' });
    expect(ledger.lastLine).toMatchObject({ idempotency: 'reused' });
  });

  it('on another path of the same route is 422', async () => {
    const { key, first } = await twice({ path: '/shelves/a/lines' });
    const answer = await ledger.send({ key, path: '/shelves/b/lines' });

    expect(first.statusCode).toBe(200);
    expect(answer.statusCode).toBe(422);
  });

  it('is another one on another route, and another one of another caller', async () => {
    const { key } = await twice();
    const before = ledger.plot.runs;

    expect((await ledger.send({ key, path: '/silent-lines' })).statusCode).toBe(204);
    expect((await ledger.send({ key, claims: { sub: 'somebody-else' } })).statusCode).toBe(201);
    expect(ledger.plot.runs).toBe(before + 2);
  });

  it('in use is 409, with a time to come again', async () => {
    const key = randomUUID();
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    ledger.plot.during = async () => {
      begun.resolve();
      await gate.promise;
    };
    const first = ledger.send({ key });
    await begun.promise;

    const twin = await ledger.send({ key });
    gate.resolve();

    expect(twin.statusCode).toBe(409);
    expect(twin.headers['retry-after']).toMatch(/^[1-3]$/);
    expect(twin.json()).toMatchObject({ code: 'platform.idempotency-key-in-use' });
    expect(ledger.lastLine).toMatchObject({ idempotency: 'in-use' });
    expect((await first).statusCode).toBe(201);
  });

  it('never shows in the log', async () => {
    const { key } = await twice();

    expect(JSON.stringify(ledger.lastLine)).not.toContain(key);
  });
});

describe('what went wrong', () => {
  it('is given again byte for byte where it is a final refusal, and looks as any other', async () => {
    ledger.plot.during = () => Promise.reject(new LineRefused('as it stands'));
    const { first, second, runs, key } = await twice({ body: { text: 'refused' } });

    expect(first.statusCode).toBe(409);
    expect(first.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(first.headers).not.toHaveProperty('etag');
    expect(first.headers).not.toHaveProperty('location');
    expect(first.json()).toMatchObject({
      type: 'urn:problem-type:trial.line-refused',
      code: 'trial.line-refused',
      instance: '/lines',
      requestId: first.headers['x-request-id'],
    });
    expect(kept(second)).toEqual(kept(first));
    expect(ledger.lastLine).toMatchObject({ errorCode: 'trial.line-refused', idempotency: 'replayed' });
    expect(runs).toBe(1);
    expect(await ledger.lines).not.toContain('refused');

    ledger.plot.during = () => Promise.resolve();
    expect((await ledger.send({ key, body: { text: 'refused' } })).statusCode).toBe(409);
  });

  it.each([
    ['a failure of ours', () => new Error('broken'), 500],
    ['a lost race', () => new LineBusy('passes'), 409],
  ])('is tried again where it may pass, and has left nothing: %s', async (what, error, status) => {
    const key = randomUUID();
    const sending = { key, body: { text: what } };
    ledger.plot.during = () => Promise.reject(error());
    const failed = await ledger.send(sending);
    expect(failed.statusCode).toBe(status);
    expect(ledger.lastLine).toMatchObject({ idempotency: 'unkept' });
    expect(await ledger.lines).not.toContain(what);

    ledger.plot.during = () => Promise.resolve();
    expect((await ledger.send(sending)).statusCode).toBe(201);
    expect((await ledger.lines).filter((line) => line === what)).toEqual([what]);
  });

  it('may be corrected under the same key where nothing was done', async () => {
    const key = randomUUID();

    expect((await ledger.send({ key, body: { text: '' } })).statusCode).toBe(400);
    expect((await ledger.send({ key, body: { text: 'corrected' } })).statusCode).toBe(201);
  });

  it('is our mistake where an answer is too large to be kept: it is undone', async () => {
    const answer = await ledger.send({ path: '/large-lines', body: { text: 'large' } });

    expect(answer.statusCode).toBe(500);
    expect(await ledger.lines).not.toContain('large');
  });
});

describe('a route', () => {
  @Controller()
  class OpenController {
    @Post('open')
    @Idempotent()
    @Public()
    open() {
      return {};
    }
  }

  it('that is public can not be idempotent, and the service does not start', async () => {
    await expect(LedgerService.started({}, [OpenController])).rejects.toThrow(
      "POST /open is public, and so can't be idempotent",
    );
  });

  it('says in the document what it asks for, and what it may answer', async () => {
    const { paths } = await ledger.service.document();
    const operation = paths['/lines']?.post;
    const codesOf = (status: string): string[] => {
      const response = operation?.responses[status] as { content?: Record<string, { examples?: object }> } | undefined;
      return Object.keys(response?.content?.['application/problem+json']?.examples ?? {});
    };

    expect(operation?.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
    );
    expect(codesOf('400')).toEqual(
      expect.arrayContaining(['platform.idempotency-key-required', 'platform.idempotency-key-invalid']),
    );
    expect(codesOf('409')).toContain('platform.idempotency-key-in-use');
    expect(operation?.responses['409']).toHaveProperty('headers.Retry-After');
    expect(codesOf('422')).toEqual(['platform.idempotency-key-reused']);
  });
});
