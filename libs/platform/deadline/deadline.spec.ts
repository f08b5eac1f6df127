import { describe, expect, it } from '@jest/globals';
import { ClientDisconnected, Deadline, DeadlineExceeded } from './deadline.js';
import { untilEnd } from './until-end.js';

describe('Deadline', () => {
  it('counts down, and stops at 0', () => {
    const deadline = new Deadline(100, 1000);

    expect(deadline.remainingMs(1040)).toBe(60);
    expect(deadline.remainingMs(2000)).toBe(0);
  });

  it('has nothing left once it is over, whatever the time', () => {
    const deadline = new Deadline(100, 1000);
    deadline.end(new ClientDisconnected());

    expect(deadline.remainingMs(1000)).toBe(0);
    expect(() => deadline.throwIfEnded()).toThrow(ClientDisconnected);
  });

  it('tells each listener once, with the first reason', () => {
    const deadline = new Deadline(100);
    const heard: unknown[] = [];
    deadline.onEnd((reason) => heard.push(reason));
    const [first, second] = [new DeadlineExceeded(100), new ClientDisconnected()];
    deadline.end(first);
    deadline.end(second);

    expect(heard).toEqual([first]);
    expect(deadline.reason).toBe(first);
  });

  it('tells a listener that comes late at once, and one that was taken back never', () => {
    const deadline = new Deadline(100);
    const heard: string[] = [];
    deadline.onEnd(() => heard.push('taken back'))();
    deadline.end(new DeadlineExceeded(100));
    deadline.onEnd(() => heard.push('late'));

    expect(heard).toEqual(['late']);
  });

  it('tells all that still listen, whoever has been taken back meanwhile, and forgets the others', () => {
    const deadline = new Deadline(100);
    const heard: string[] = [];
    const listen = (name: string) => deadline.onEnd(() => heard.push(name));
    const takeBack = Object.fromEntries(['first', 'second', 'third'].map((name) => [name, listen(name)]));
    takeBack['first']?.();
    takeBack['second']?.();
    takeBack['second']?.();
    listen('fourth');
    expect(deadline.awaitedBy).toBe(2);
    deadline.end(new ClientDisconnected());

    expect(heard.sort()).toEqual(['fourth', 'third']);
    expect(deadline.awaitedBy).toBe(0);
  });

  it.each(['before', 'after'])('aborts a signal that was asked for %s the end', (when) => {
    const deadline = new Deadline(100);
    const early = when === 'before' ? deadline.signal : undefined;
    const reason = new DeadlineExceeded(100);
    deadline.end(reason);
    const signal = early ?? deadline.signal;

    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
  });
});

describe('untilEnd', () => {
  it('gives what the work gives, in time', async () => {
    await expect(untilEnd(new Deadline(100), Promise.resolve('done'), () => undefined)).resolves.toBe('done');
    await expect(
      untilEnd(new Deadline(100), Promise.reject(new RangeError('no')), () => undefined),
    ).rejects.toBeInstanceOf(RangeError);
  });

  it('ends with the deadline, and hands over what arrives later', async () => {
    const deadline = new Deadline(100);
    const { promise, resolve } = Promise.withResolvers<string>();
    const late = Promise.withResolvers<string>();
    const waiting = untilEnd(deadline, promise, late.resolve);
    deadline.end(new DeadlineExceeded(100));

    await expect(waiting).rejects.toBeInstanceOf(DeadlineExceeded);
    resolve('a connection');
    expect(await late.promise).toBe('a connection');
  });

  it('prefers the reason to the error that the work makes of it', async () => {
    const deadline = new Deadline(100);
    const work = new Promise<never>((_resolve, reject) => deadline.onEnd(() => reject(new Error('socket closed'))));
    const waiting = untilEnd(deadline, work, () => undefined);
    deadline.end(new DeadlineExceeded(100));

    await expect(waiting).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it('prefers it also when the work ends its own time and fails in one breath', async () => {
    const deadline = new Deadline(100);
    const work = Promise.try(() => {
      deadline.end(new DeadlineExceeded(100));
      throw new Error('socket closed');
    });

    await expect(untilEnd(deadline, work, () => undefined)).rejects.toBeInstanceOf(DeadlineExceeded);
  });
});
