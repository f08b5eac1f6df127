import { beforeEach, describe, expect, it } from '@jest/globals';
import { Ordered, type Start } from './ordered.ts';
import { PartFailed } from './part-failed.ts';
import type { Running } from './running.ts';

/** What Compose would have: a database, a step on it, two services, and one that watches. */
const NEEDS = {
  database: [],
  migrate: ['database'],
  cache: [],
  store: ['migrate', 'cache'],
  balancer: ['store'],
  watch: [],
};

describe('Ordered', () => {
  let told: string[];
  let end: Map<string, (how: string) => void>;
  beforeEach(() => {
    told = [];
    end = new Map();
  });

  const running = (name: string): Running => ({
    name,
    ended: new Promise((resolve) => end.set(name, resolve)),
    stop: () => {
      told.push(`stop ${name}`);
      end.get(name)?.('code 0');
      return Promise.resolve();
    },
    kill: () => told.push(`kill ${name}`),
  });
  const start: Start = (name, tell) => {
    told.push(`start ${name}`);
    if (name !== 'migrate') tell(running(name));
    return Promise.resolve();
  };
  const order = (before: string, after: string): void => {
    expect(told).toEqual(expect.arrayContaining([before, after]));
    expect(told.indexOf(before)).toBeLessThan(told.indexOf(after));
  };
  const signal = new AbortController().signal;

  it('starts each once, after what it needs', async () => {
    await new Ordered(NEEDS, start).start(signal);

    expect([...told].sort()).toEqual(
      Object.keys(NEEDS)
        .map((name) => `start ${name}`)
        .sort(),
    );
    for (const [name, needed] of Object.entries(NEEDS))
      for (const one of needed) order(`start ${one}`, `start ${name}`);
  });

  it('stops each once, before what it needs', async () => {
    const ordered = new Ordered(NEEDS, start);
    await ordered.start(signal);
    told = [];
    await ordered.stop();
    await ordered.stop();

    expect([...told].sort()).toEqual(['balancer', 'cache', 'database', 'store', 'watch'].map((name) => `stop ${name}`));
    order('stop balancer', 'stop store');
    order('stop store', 'stop database');
    order('stop store', 'stop cache');
    expect(ordered.failure.aborted).toBe(false);
  });

  it('starts nothing on what failed, tells why, and stops the others', async () => {
    const reason = new Error('the schema is another one');
    const failing: Start = (name, tell, either) =>
      name === 'migrate' ? Promise.reject(reason) : start(name, tell, either);
    const ordered = new Ordered(NEEDS, failing);

    await expect(ordered.start(signal)).rejects.toBe(reason);
    expect(told).not.toContain('start store');
    await ordered.stop();
    expect(told).toEqual(expect.arrayContaining(['stop database', 'stop cache', 'stop watch']));
  });

  it('fails when one ends by itself, and names it', async () => {
    const ordered = new Ordered(NEEDS, start);
    await ordered.start(signal);
    const failed = new Promise((resolve) => ordered.failure.addEventListener('abort', resolve, { once: true }));
    end.get('cache')?.('signal SIGKILL');
    await failed;

    expect(ordered.failure.reason).toBeInstanceOf(PartFailed);
    expect(ordered.failure.reason).toMatchObject({
      who: 'cache',
      message: 'cache ended by itself, with signal SIGKILL.',
    });
  });

  it('is called off by whoever started it', async () => {
    const controller = new AbortController();
    const reason = new Error('Ctrl-C');
    const hanging: Start = (name, tell, either) => {
      if (name !== 'migrate') return start(name, tell, either);
      controller.abort(reason);
      return Promise.reject(new Error('aborted'));
    };
    const ordered = new Ordered(NEEDS, hanging);

    await expect(ordered.start(controller.signal)).rejects.toBe(reason);
    expect(told).not.toContain('start store');
  });

  it('kills all that runs', async () => {
    const ordered = new Ordered(NEEDS, start);
    await ordered.start(signal);
    told = [];
    ordered.kill();

    expect([...told].sort()).toEqual(['balancer', 'cache', 'database', 'store', 'watch'].map((name) => `kill ${name}`));
  });
});
