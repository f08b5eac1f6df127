import { describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline, untilEnd } from '#platform/deadline';
import { DatabaseTimeout } from '../database.errors.js';
import { withinShare } from './within-share.js';

const forever = (share: Deadline): Promise<never> =>
  untilEnd(share, new Promise<never>(() => undefined), () => undefined);
const within = <T>(deadline: Deadline, work: () => Promise<T>): Promise<T> =>
  runInRequest(newRequestContext({ deadline }), work);

describe('a share of the time', () => {
  it('gives what the work gives, and what it throws', async () => {
    await expect(withinShare(60_000, () => Promise.resolve('done'))).resolves.toBe('done');
    await expect(withinShare(60_000, () => Promise.reject(new RangeError('no')))).rejects.toBeInstanceOf(RangeError);
  });

  it('ends with its budget, as a time-out of the database', async () => {
    await expect(withinShare(10, forever)).rejects.toBeInstanceOf(DatabaseTimeout);
  });

  it('is at most half of what the request has left', async () => {
    const share = await within(new Deadline(1_000), () => withinShare(60_000, (own) => Promise.resolve(own.budgetMs)));
    expect(share).toBeGreaterThan(400);
    expect(share).toBeLessThanOrEqual(500);
  });

  it('ends with its request, for its reason', async () => {
    const deadline = new Deadline(60_000);
    const attempt = within(deadline, () => withinShare(60_000, forever));
    deadline.end(new ClientDisconnected());
    await expect(attempt).rejects.toBeInstanceOf(ClientDisconnected);
  });

  it('ends as a time-out also when the work fails in words of its own at that moment', async () => {
    const attempt = withinShare(10, (share) => forever(share).catch(() => Promise.reject(new Error('cancelled'))));
    await expect(attempt).rejects.toBeInstanceOf(DatabaseTimeout);
  });
});
