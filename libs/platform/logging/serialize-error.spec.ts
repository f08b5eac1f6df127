import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { FrameworkLogger } from './framework-logger.js';
import { createLogger } from './logger.js';
import { serializeError } from './serialize-error.js';

/** What a database driver throws: with the statement, and other people's data in it. */
const driverError = () =>
  Object.assign(new TypeError('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(canary@example.org) already exists.',
    query: "INSERT INTO t VALUES ('canary')",
    parameters: ['canary'],
  });

describe('an error in the log', () => {
  it('has its type, message, stack and code, and nothing else that it carries', () => {
    const error = driverError();
    expect(serializeError(error)).toEqual({
      type: 'TypeError',
      message: 'duplicate key',
      stack: error.stack,
      code: '23505',
    });
  });

  it('has its causes, by the same rule', () => {
    const logged = serializeError(new Error('not saved', { cause: driverError() }));
    expect(logged.cause).toMatchObject({ type: 'TypeError', code: '23505' });
    expect(JSON.stringify({ ...logged, stack: '' })).not.toContain('canary');
  });

  it('has five causes at most, also of an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    const text = JSON.stringify(serializeError(error));
    expect(text.match(/"type"/g)).toHaveLength(6);
  });

  it('has the first of the errors that it sums up, whatever these hold in their turn', () => {
    const tries = () =>
      new AggregateError(
        Array.from({ length: 50 }, () => new Error('connect ECONNREFUSED')),
        '',
      );
    const logged = serializeError(new Error('not reached', { cause: tries() }));
    expect(logged.cause?.errors).toHaveLength(5);
    expect(logged.cause?.errors?.[0]).toMatchObject({ type: 'Error', message: 'connect ECONNREFUSED' });

    const nested = new AggregateError(
      Array.from({ length: 5 }, () => new AggregateError(Array.from({ length: 5 }, tries))),
    );
    expect(JSON.stringify(serializeError(nested)).match(/"type"/g)?.length).toBeLessThanOrEqual(13);
  });

  it('holds no secret that a message does, in whichever of them it is', () => {
    const secret = 'c4nary';
    const leaky = (cause?: unknown) => new Error(`connect to postgres://store:${secret}@db/store`, { cause });
    const logged = serializeError(
      leaky(new AggregateError([leaky(leaky(`password=${secret}`))], `Bearer ${secret}${secret}`)),
    );
    expect(JSON.stringify(logged)).not.toContain(secret);
    expect(logged.message).toContain('[redacted]@db/store');
  });

  it('is of bounded size', () => {
    const long = () => new Error('x'.repeat(1_000_000));
    const size = JSON.stringify(serializeError(new AggregateError(Array.from({ length: 99 }, long)))).length;
    expect(size).toBeLessThan(128 * 1024);
  });

  it.each([
    ['a text', 'gone'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
  ])('may be %s', (_what, thrown) => {
    expect(serializeError(thrown)).toMatchObject({ message: String(thrown) });
  });

  it('does not take a code that is no text', () => {
    expect(serializeError(Object.assign(new Error('x'), { code: 7 }))).not.toHaveProperty('code');
  });

  it('is written by the same rule through every logger of the process', () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const logger = createLogger({ level: 'info', service: 'test', version: '1' }, stream);
    logger.error({ err: driverError() }, 'directly');
    FrameworkLogger.over(logger).error({ err: driverError() }, 'Nest');

    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toContain('"code":"23505"');
      expect(line).not.toContain('canary');
    }
  });
});
