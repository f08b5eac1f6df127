import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { databaseSettings } from '#platform/testing';
import type { StatementCanceller } from '../statement-canceller.js';
import type { ReadReplica } from './read-replica.js';
import { ReplicaWatch } from './replica-watch.js';

const settings = databaseSettings('postgres://service@primary/store', {
  DATABASE_READ_URL: 'postgres://service@replica/store',
});

interface Row {
  lsn: string;
  system_id: string;
  started_at: string;
  is_replica: boolean;
}

describe('ReplicaWatch', () => {
  let primary: Row | Error;
  let replica: Row | Error;
  let asking: () => void;
  let lines: string[];
  let watch: ReplicaWatch;

  beforeEach(() => {
    primary = { lsn: '0/20', system_id: '7', started_at: '1.5', is_replica: false };
    replica = { lsn: '0/20', system_id: '7', started_at: '2.5', is_replica: true };
    asking = () => undefined;
    lines = [];
    const note = (line: unknown) => void lines.push(String(line));
    jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
    const answering = (row: () => Row | Error) => ({
      ask: async () => {
        await Promise.resolve();
        asking();
        const answer = row();
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    watch = new ReplicaWatch(
      { control: answering(() => replica), isWatched: () => undefined } as unknown as ReadReplica,
      answering(() => primary) as unknown as StatementCanceller,
      settings,
    );
  });
  afterEach(async () => {
    await watch.stop();
    jest.restoreAllMocks();
  });

  const lookingLater = (ms: number) => watch.state(performance.now() + ms);

  it('uses no replica that it has not asked', () => {
    expect(watch.state()).toBe('out');
  });

  it('uses one that has replayed what the primary has written, for as long as that is not too old', async () => {
    await watch.look();

    expect([watch.state(), lookingLater(4_000), lookingLater(5_001)]).toEqual(['fresh', 'fresh', 'lagging']);
    expect(watch.replayed).toBe(0x20n);
  });

  it('uses none that has replayed nothing of what it has seen of the primary', async () => {
    replica = { ...(replica as Row), lsn: '0/1F' };
    await watch.look();

    expect(watch.state()).toBe('lagging');
  });

  it('uses one no more that does not answer, at once, and again when it does', async () => {
    await watch.look();
    const well = replica;
    replica = new Error('Connection terminated');
    await watch.look();
    expect([watch.state(), watch.reason]).toEqual(['out', 'it does not answer']);

    replica = well;
    await watch.look();
    expect([watch.state(), watch.reason]).toEqual(['fresh', null]);
  });

  it('uses one for no longer than it may be old when the primary does not answer', async () => {
    await watch.look();
    primary = new Error('Connection terminated');
    await watch.look();

    expect([watch.state(), lookingLater(5_001)]).toEqual(['fresh', 'lagging']);
  });

  it('uses none of another cluster', async () => {
    replica = { ...(replica as Row), system_id: '8' };
    await watch.look();
    expect(watch.reason).toBe('it belongs to another cluster than the primary');
  });

  it('uses none that was promoted, whose log is another, but the primary itself', async () => {
    replica = { ...(replica as Row), is_replica: false };
    await watch.look();
    expect(watch.reason).toBe('it is no replica, and not the primary');

    replica = { ...replica, started_at: '1.5' };
    await watch.look();
    expect(watch.state()).toBe('fresh');
  });

  it('is not persuaded by an answer to a question from before a doubt', async () => {
    await watch.look();
    asking = () => watch.doubt();
    await watch.look();
    expect(watch.state()).toBe('out');

    asking = () => undefined;
    await watch.look();
    expect(watch.state()).toBe('fresh');
  });

  it('looks anew soon after a doubt, and not only at its time', async () => {
    watch.start();
    while (watch.state() !== 'fresh') await new Promise(setImmediate);
    const doubtedAtMs = performance.now();
    watch.doubt();
    while (watch.state() !== 'fresh') await new Promise(setImmediate);

    expect(performance.now() - doubtedAtMs).toBeLessThan(settings.readCheckIntervalMs);
  });

  it('says each change once', async () => {
    await watch.look();
    await watch.look();
    replica = new Error('no');
    await watch.look();
    await watch.look();

    expect(lines).toEqual([
      'The read replica answers reads.',
      'The primary answers what the read replica might: it does not answer: no',
    ]);
  });
});
