import { describe, expect, it } from '@jest/globals';
import { ValidationFailed } from '#platform/errors';
import { StrictValidationPipe } from '../validation.pipe.js';
import { BooleanField, TimestampField } from './index.js';

class VisitRequest {
  @BooleanField({ example: true, optional: true })
  verified?: boolean;

  @TimestampField({
    earliest: '2000-01-01T00:00:00.000Z',
    latest: '2099-12-31T23:59:59.999Z',
    example: '2026-01-15T08:30:00.123Z',
    optional: true,
  })
  visitedAt?: Date;
}

const read = (value: unknown): Promise<unknown> =>
  new StrictValidationPipe().transform(value, { type: 'body', metatype: VisitRequest });

async function detailOf(value: unknown): Promise<string | undefined> {
  const error: unknown = await read(value).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ValidationFailed)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults[0]?.detail;
}

describe('a boolean field', () => {
  it.each([true, false])('takes %p', async (verified) => {
    expect(await read({ verified })).toEqual({ verified });
  });

  it.each(['true', 1, 0, null, '', [], {}])('refuses %j', async (verified) => {
    expect(await detailOf({ verified })).toBe('must be true or false');
  });
});

describe('a timestamp field', () => {
  it.each([
    ['2026-01-15T08:30:00.123Z', '2026-01-15T08:30:00.123Z'],
    ['2026-01-15T08:30:00.5Z', '2026-01-15T08:30:00.500Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    ['2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z'],
    ['2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
  ])('reads %s', async (visitedAt, date) => {
    expect(await read({ visitedAt })).toEqual({ visitedAt: new Date(date) });
  });

  it('may be absent', async () => {
    expect(await read({})).toEqual({});
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-13-01T00:00:00Z',
    '2026-01-15T08:30:00+01:00',
    '2026-01-15T08:30:00',
    '2026-01-15',
    '2026-01-15T08:30:00.1234Z',
    '+002026-01-15T08:30:00Z',
    1_768_465_800_000,
    null,
    {},
  ])('refuses %j', async (visitedAt) => {
    expect(await detailOf({ visitedAt })).toBe('must be a time in UTC, of the form 2026-01-15T08:30:00.123Z');
  });

  it.each([
    ['1999-12-31T23:59:59.999Z', 'must not be before 2000-01-01T00:00:00.000Z'],
    ['2100-01-01T00:00:00.000Z', 'must not be after 2099-12-31T23:59:59.999Z'],
  ])('refuses %s, out of its bounds', async (visitedAt, detail) => {
    expect(await detailOf({ visitedAt })).toBe(detail);
  });
});
