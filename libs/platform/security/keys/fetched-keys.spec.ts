import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SettableClock } from '#kernel/testing/settable-clock';
import { currentRequest, newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { TestIssuer } from '#platform/testing';
import { FetchedKeys } from './fetched-keys.js';
import { KeySource } from './key-source.js';

/** Keys that are here at once, or fail at once, as a test says. */
class ScriptedSource extends KeySource {
  readonly askedBy: unknown[] = [];
  answer: () => string = () => '';

  override async read(): Promise<string> {
    this.askedBy.push(currentRequest());
    return this.answer();
  }
}

let issuer: TestIssuer;
let clock: SettableClock;
let source: ScriptedSource;
let keys: FetchedKeys;
beforeEach(async () => {
  Logger.overrideLogger(false);
  issuer = await TestIssuer.listening();
  clock = new SettableClock();
  source = new ScriptedSource();
  source.answer = () => issuer.keySet();
  keys = new FetchedKeys(source, clock);
});
afterEach(() => issuer.close());

describe('FetchedKeys', () => {
  it('are none, and infinitely old, before the first fetch', () => {
    expect(keys).toMatchObject({ set: null, version: 0, failure: null, isFetching: false, ageMs: Infinity });
    expect(keys.sinceFetchMs).toBe(Infinity);
  });

  it('grow old from when they were fetched', async () => {
    await keys.fetch();
    clock.passSeconds(7);

    expect(keys).toMatchObject({ version: 1, failure: null, isFetching: false, ageMs: 7_000, sinceFetchMs: 7_000 });
  });

  it('are the same set while the text is the same, and young again', async () => {
    await keys.fetch();
    const { set } = keys;
    clock.passSeconds(7);
    await keys.fetch();

    expect(keys.set).toBe(set);
    expect(keys).toMatchObject({ version: 1, ageMs: 0 });
  });

  it('are another version when the text changes', async () => {
    await keys.fetch();
    const { set } = keys;
    issuer.rotate();
    await keys.fetch();

    expect(keys.set).not.toBe(set);
    expect(keys.version).toBe(2);
  });

  it.each([
    ['can not be fetched', () => Promise.reject(new RangeError('no')) as unknown as string],
    ['can not be read', () => '{"keys":[]}'],
  ])('stay, and grow older, when the next ones %s', async (_what, answer) => {
    await keys.fetch();
    const { set } = keys;
    clock.passSeconds(7);
    source.answer = answer;

    await expect(keys.fetch()).rejects.toMatchObject({ kind: 'unavailable' });

    expect(keys.set).toBe(set);
    expect(keys).toMatchObject({ version: 1, ageMs: 7_000, sinceFetchMs: 0, isFetching: false });
    expect(keys.failure).toMatchObject({ kind: 'unavailable', cause: expect.any(Error) });
  });

  it('forget a failure with the next success', async () => {
    source.answer = () => '';
    await keys.fetch().catch(() => undefined);
    source.answer = () => issuer.keySet();
    await keys.fetch();

    expect(keys.failure).toBeNull();
  });

  it('are fetched for nobody in particular, whoever asks first', async () => {
    await runInRequest(newRequestContext({ deadline: new Deadline(1_000) }), () => keys.fetch());

    expect(source.askedBy).toEqual([undefined]);
  });

  it('are fetched once for all who ask meanwhile, and anew for who asks then', async () => {
    await Promise.all([keys.fetch(), keys.fetch(), keys.fetch()]);
    expect(source.askedBy).toHaveLength(1);

    await keys.fetch();
    expect(source.askedBy).toHaveLength(2);
  });
});
