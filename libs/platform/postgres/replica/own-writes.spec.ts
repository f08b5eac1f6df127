import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { PoolClient, QueryResult } from 'pg';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { databaseSettings } from '#platform/testing';
import { InMemoryRecentWrites } from './in-memory-recent-writes.js';
import { LSN_MAX } from './lsn.js';
import { type AskAfterwards, OwnWrites } from './own-writes.js';

const settings = databaseSettings('postgres://service@primary/store', {
  DATABASE_READ_URL: 'postgres://service@replica/store',
});

const as = <T>(id: string, work: () => Promise<T>): Promise<T> => {
  const context = newRequestContext({ deadline: new Deadline(1_000), clientAddress: id });
  context.caller = { id, scopes: new Set() };
  return runInRequest(context, work);
};

/** The connection of a transaction that has ended, on a server that answers with these rows. */
const answering =
  (rows: Promise<object[]>): AskAfterwards =>
  (ask) =>
    ask({ query: async () => ({ rows: await rows }) as QueryResult } as unknown as PoolClient);

/** As a transaction does: asked on its connection, and remembered when that is given back. */
async function committed(writes: OwnWrites, afterwards: AskAfterwards): Promise<void> {
  await (
    await writes.committed(afterwards)
  )?.();
}

describe('own writes', () => {
  let ownWrites: OwnWrites;
  beforeEach(() => {
    ownWrites = new OwnWrites(new InMemoryRecentWrites(), settings);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('are known of their writer from the commit on, and of nobody else', async () => {
    await as('writer', () => committed(ownWrites, answering(Promise.resolve([{ lsn: '16/B374D848' }]))));

    expect(await as('writer', () => ownWrites.latest())).toBe(0x16b374d848n);
    expect(await as('other', () => ownWrites.latest())).toBeNull();
    expect(await ownWrites.latest()).toBeNull();
  });

  it.each([
    ['fails', () => answering(Promise.reject(new Error('lost')))],
    ['gives nothing', () => answering(Promise.resolve([]))],
  ])('wait for no replica when the question for their place %s, and fail nothing', async (_how, afterwards) => {
    await as('writer', () => committed(ownWrites, afterwards()));

    expect(await as('writer', () => ownWrites.latest())).toBe(LSN_MAX);
  });

  it('wait for no replica when nobody knows whether they were committed', async () => {
    await as('writer', () => ownWrites.mayHaveCommitted());

    expect(await as('writer', () => ownWrites.latest())).toBe(LSN_MAX);
  });

  it('of a consumer or a timer are nobody’s: the server is not even asked', async () => {
    const asked = () => Promise.reject(new Error('must not be asked'));
    await ownWrites.committed(asked);
    await ownWrites.mayHaveCommitted();
  });

  it('fail no request whose memory fails: it reads from the primary', async () => {
    const broken = new InMemoryRecentWrites();
    broken.remember = () => Promise.reject(new Error('away'));
    broken.latest = () => Promise.reject(new Error('away'));
    const writes = new OwnWrites(broken, settings);
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

    const commit = () => as('writer', () => committed(writes, answering(Promise.resolve([{ lsn: '0/1' }]))));
    await commit();
    await commit();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(await as('writer', () => writes.latest())).toBe(LSN_MAX);
  });
});
