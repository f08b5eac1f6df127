import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ConfigurationInvalid, loadSettings } from '#platform/config';
import { MessagingSettings } from '#platform/messaging';
import { InMemoryCompanionRepository } from '../memory/in-memory-companion.repository.js';
import { BATCH, BATCHES_MAX, PurchaseSweeper } from './purchase-sweeper.js';
import { RecommendationsSettings } from './recommendations.settings.js';

const DAY_SECONDS = 86_400;

const load = (env: Readonly<Record<string, string>> = {}): RecommendationsSettings =>
  loadSettings({ NODE_ENV: 'test', ...env }, [RecommendationsSettings, MessagingSettings]).get(RecommendationsSettings);

/** A sweeper of a store that answers so, once for each time that it is asked. */
function aSweeper(...answers: readonly (number | Error)[]) {
  const companions = new InMemoryCompanionRepository();
  const left = [...answers];
  const asked = jest.spyOn(companions, 'sweep').mockImplementation(async () => {
    const answer = left.shift() ?? 0;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { sweeper: new PurchaseSweeper(companions, load()), asked };
}

describe('PurchaseSweeper', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('forgets in batches, until nothing is old any more', async () => {
    const { sweeper, asked } = aSweeper(BATCH, BATCH, 3, BATCH);
    await sweeper.sweep();

    expect(asked.mock.calls).toEqual(Array.from({ length: 3 }, () => [400 * DAY_SECONDS, BATCH]));
  });

  it('leaves the rest of a long history for later', async () => {
    const { sweeper, asked } = aSweeper(...Array.from({ length: BATCHES_MAX + 5 }, () => BATCH));
    await sweeper.sweep();

    expect(asked).toHaveBeenCalledTimes(BATCHES_MAX);
  });

  it('bears that the store is away, and says so', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { sweeper } = aSweeper(new Error('away'));
    await sweeper.sweep();

    expect(warn).toHaveBeenCalledWith(expect.stringContaining('away'));
  });

  it('begins nothing after its stop', async () => {
    const { sweeper, asked } = aSweeper(BATCH);
    await sweeper.stop();
    await sweeper.sweep();

    expect(asked).not.toHaveBeenCalled();
  });
});

describe('the retention of purchases', () => {
  it('is 400 days unless set', () => {
    expect(load().purchaseRetentionSeconds).toBe(400 * DAY_SECONDS);
  });

  it('is never shorter than that of the inbox', () => {
    const env = { INBOX_RETENTION_SECONDS: '5184000', RECOMMENDATIONS_PURCHASE_RETENTION_SECONDS: '5183999' };

    expect(() => load(env)).toThrow(ConfigurationInvalid);
    expect(() => load(env)).toThrow('must not be shorter than INBOX_RETENTION_SECONDS');
  });
});
