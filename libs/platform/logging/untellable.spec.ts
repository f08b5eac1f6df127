import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import { createLogger } from './logger.js';
import { RepeatedLines } from './repeated-lines.js';
import { serializeError } from './serialize-error.js';

const withMessage = (message: unknown): Error => Object.defineProperty(new Error('x'), 'message', { value: message });
const throwing = (name: string): Error =>
  Object.defineProperty(new Error('x'), name, {
    get: () => {
      throw new RangeError('looked at');
    },
  });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

/** What code may throw, and a line may hold. */
const THROWN: [string, unknown][] = [
  ['an error whose message is an object', withMessage({ a: 1 })],
  ['an error whose message is undefined', withMessage(undefined)],
  ['an error whose message can not be a text', withMessage(Object.create(null))],
  ['nothing that has a text', Object.create(null)],
  ['a symbol', Symbol('x')],
  ['an error that throws its message', throwing('message')],
  ['an error that throws its stack', throwing('stack')],
  ['an error that throws its cause', throwing('cause')],
  ['a proxy of nothing', revoked()],
];

describe('what can hardly be told', () => {
  let lines: string[];
  let logger: Logger;
  beforeEach(() => {
    lines = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const repeated = new RepeatedLines({ max: 3, windowSeconds: 10 });
    logger = createLogger({ level: 'info', service: 'test', version: '1', repeated }, stream);
  });

  it.each(THROWN)('is told all the same, and throws nothing: %s', (_what, thrown) => {
    expect(() => logger.error({ err: thrown }, 'request failed')).not.toThrow();
    expect(() => logger.error({ err: new Error('outer', { cause: thrown }) }, 'caused')).not.toThrow();
    expect(() => logger.error({ err: thrown })).not.toThrow();
    expect(() => logger.error(thrown)).not.toThrow();

    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'error' });
    expect(lines.some((line) => line.includes('caused'))).toBe(true);
  });

  it.each(THROWN)('is an error in the log: %s', (_what, thrown) => {
    expect(serializeError(thrown)).toMatchObject({ type: expect.any(String), message: expect.any(String) });
  });

  it('is a field that throws when it is read', () => {
    expect(() => logger.info(throwing('a').valueOf(), 'x')).not.toThrow();
    const fields = Object.defineProperty({}, 'a', { enumerable: true, get: () => logger.level.repeat(-1) });
    expect(() => logger.info(fields, 'the line')).not.toThrow();

    expect(lines.at(-1)).toContain('could not be written');
  });
});
