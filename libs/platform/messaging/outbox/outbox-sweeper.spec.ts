import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { DatabaseUnavailable } from '#platform/postgres';
import { InMemoryInbox } from '../consuming/in-memory-inbox.js';
import { MessagingSettings } from '../messaging.settings.js';
import { recordingLogs } from '../testing/recording-logs.js';
import { InMemoryOutbox } from './in-memory-outbox.js';
import { OutboxSweeper } from './outbox-sweeper.js';

const MINUTE_MS = 60_000;
/** A sweep comes after a minute, and jitter. */
const LONGEST_MS = 75_000;
const BATCH = 1_000;
const BATCHES_MAX = 20;

describe('the sweeper of the outbox', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Its outbox and its inbox forget as many as is said, batch after batch, and then none. */
  function aSweeper({ sent = [], consumed = [] }: { sent?: number[]; consumed?: number[] } = {}) {
    const settings = loadSettings({
      NODE_ENV: 'test',
      OUTBOX_RETENTION_SECONDS: '100',
      INBOX_RETENTION_SECONDS: '200',
    }).get(MessagingSettings);
    const [outbox, inbox] = [new InMemoryOutbox(), new InMemoryInbox()];
    const ofOutbox = jest.spyOn(outbox, 'sweep').mockImplementation(async () => sent.shift() ?? 0);
    const ofInbox = jest.spyOn(inbox, 'sweep').mockImplementation(async () => consumed.shift() ?? 0);
    const { logger, lines } = recordingLogs();
    return { sweeper: new OutboxSweeper(outbox, inbox, settings, logger), ofOutbox, ofInbox, lines };
  }

  it('forgets what was sent and what was consumed, each after its time', async () => {
    const { sweeper, ofOutbox, ofInbox } = aSweeper();
    await sweeper.sweep();

    expect(ofOutbox.mock.calls).toEqual([[100, BATCH]]);
    expect(ofInbox.mock.calls).toEqual([[200, BATCH]]);
  });

  it('goes on while batches are full, and no further than its bound', async () => {
    const { sweeper, ofOutbox, ofInbox } = aSweeper({
      sent: [BATCH, BATCH, BATCH - 1, BATCH],
      consumed: Array.from({ length: 2 * BATCHES_MAX }, () => BATCH),
    });
    await sweeper.sweep();

    expect(ofOutbox).toHaveBeenCalledTimes(3);
    expect(ofInbox).toHaveBeenCalledTimes(BATCHES_MAX);
  });

  it('sweeps after a minute at the earliest, and again and again', async () => {
    const { sweeper, ofOutbox } = aSweeper();
    sweeper.start();
    await jest.advanceTimersByTimeAsync(MINUTE_MS - 1);
    expect(ofOutbox).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(LONGEST_MS - MINUTE_MS + 1);
    expect(ofOutbox).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(LONGEST_MS);
    expect(ofOutbox).toHaveBeenCalledTimes(2);
    await sweeper.stop();
  });

  it('tells of a database that is away, and sweeps on', async () => {
    const { sweeper, ofOutbox, ofInbox, lines } = aSweeper();
    ofOutbox.mockRejectedValueOnce(new DatabaseUnavailable());
    sweeper.start();
    await jest.advanceTimersToNextTimerAsync();
    await jest.advanceTimersToNextTimerAsync();

    expect(lines).toEqual([
      expect.objectContaining({
        level: 40,
        err: expect.objectContaining({ code: 'platform.database-unavailable' }),
      }),
    ]);
    expect(ofOutbox).toHaveBeenCalledTimes(2);
    expect(ofInbox).toHaveBeenCalledTimes(1);
    await sweeper.stop();
  });

  it('ends with the service: it finishes the batch that is under way, and begins no other', async () => {
    const { sweeper, ofOutbox, ofInbox } = aSweeper();
    const batch = Promise.withResolvers<number>();
    ofOutbox.mockReturnValueOnce(batch.promise);
    sweeper.start();
    await jest.advanceTimersToNextTimerAsync();
    let ended = false;
    const end = sweeper.stop().then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    batch.resolve(BATCH);
    await end;
    await jest.advanceTimersByTimeAsync(2 * LONGEST_MS);

    expect(ofOutbox).toHaveBeenCalledTimes(1);
    expect(ofInbox).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sweeps no more when it is stopped before its time', async () => {
    const { sweeper, ofOutbox } = aSweeper();
    sweeper.start();
    await sweeper.stop();
    await jest.advanceTimersByTimeAsync(LONGEST_MS);

    expect(ofOutbox).not.toHaveBeenCalled();
  });
});
