import { beforeEach, describe, expect, it } from '@jest/globals';
import { BrokenCircuitError, IsolatedCircuitError } from 'cockatiel';
import fc from 'fast-check';
import { CircuitBreaker, type Verdict } from './circuit-breaker.js';

const POLICY = { failureRatio: 0.5, callsMin: 4, windowMs: 10_000, openMs: 10_000, probes: 3 };

/** An error that says itself how it is to be judged. */
class Ending extends Error {
  constructor(readonly verdict: Verdict) {
    super(verdict);
  }
}
const judge = (error: unknown): Verdict => (error instanceof Ending ? error.verdict : 'failure');

describe('a circuit breaker', () => {
  let time: { nowMs: number };
  let chance: number;
  let path: string[];
  let causes: unknown[];
  let breaker: CircuitBreaker;

  beforeEach(() => {
    time = { nowMs: 1_000 };
    chance = 0;
    path = [];
    causes = [];
    breaker = new CircuitBreaker(POLICY, {
      changed: (from, to, cause) => {
        path.push(`${from}>${to}`);
        causes.push(cause);
      },
      nowMs: () => time.nowMs,
      random: () => chance,
    });
  });

  const end = (verdict: Verdict) =>
    breaker.run(async () => {
      if (verdict !== 'success') throw new Ending(verdict);
    }, judge);
  const all = async (...verdicts: readonly Verdict[]) => {
    for (const verdict of verdicts) await end(verdict).catch(() => undefined);
  };
  const start = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const ended = breaker.run(() => promise, judge).catch(() => undefined);
    return async (verdict: Verdict) => {
      if (verdict === 'success') resolve();
      else reject(new Ending(verdict));
      await ended;
    };
  };
  const open = () => all('failure', 'failure', 'failure', 'failure');
  const openAndWait = async () => {
    await open();
    time.nowMs += POLICY.openMs;
  };

  it('passes values and errors through as they are', async () => {
    await expect(breaker.run(async () => 7, judge)).resolves.toBe(7);
    const ending = new Ending('failure');
    await expect(breaker.run(() => Promise.reject(ending), judge)).rejects.toBe(ending);
  });

  it('opens when enough of enough calls have failed, tells it once and why, and refuses at once', async () => {
    await all('success', 'success', 'failure', 'failure');
    expect(breaker.state).toBe('open');
    expect(path).toEqual(['closed>open']);
    expect(causes).toEqual([new Ending('failure')]);
    let asked = false;
    await expect(breaker.run(async () => void (asked = true), judge)).rejects.toBeInstanceOf(BrokenCircuitError);
    expect(asked).toBe(false);
  });

  it('tells once that it opens, when many calls fail together', async () => {
    const calls = Array.from({ length: 50 }, start);
    await Promise.all(calls.map((fail) => fail('failure')));
    expect(path).toEqual(['closed>open']);
  });

  it('counts neither for nor against it what has no verdict', async () => {
    await all(...Array<Verdict>(50).fill('none'), 'failure', 'failure', 'failure');
    expect(breaker.state).toBe('closed');
    await end('failure').catch(() => undefined);
    expect(breaker.state).toBe('open');
  });

  it('stays open for its time, and up to a fifth longer by chance', async () => {
    chance = 1;
    await open();
    time.nowMs += POLICY.openMs * 1.2 - 1;
    await expect(end('success')).rejects.toBeInstanceOf(BrokenCircuitError);
    time.nowMs += 1;
    await end('success');
    expect(breaker.state).toBe('half-open');
  });

  it('closes after as many probes as it asks for have succeeded', async () => {
    await openAndWait();
    await all('success', 'success');
    expect(breaker.state).toBe('half-open');
    await end('success');
    expect(path).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });

  it('opens again on the first probe that fails, for a whole time', async () => {
    await openAndWait();
    await all('success', 'failure');
    expect(path).toEqual(['closed>open', 'open>half-open', 'half-open>open']);
    time.nowMs += POLICY.openMs - 1;
    await expect(end('success')).rejects.toBeInstanceOf(BrokenCircuitError);
  });

  it('lets no more through at a time than there are probes, and keeps nobody waiting for them', async () => {
    await openAndWait();
    const probes = [start(), start(), start()];
    await expect(end('success')).rejects.toBeInstanceOf(BrokenCircuitError);
    for (const finish of probes) await finish('success');
    expect(breaker.state).toBe('closed');
  });

  it('gives the seat of a probe without a verdict to the next call', async () => {
    await openAndWait();
    await all('none', 'none', 'none', 'none', 'none');
    expect(breaker.state).toBe('half-open');
    await all('success', 'none', 'success', 'none', 'success');
    expect(breaker.state).toBe('closed');
  });

  it('learns nothing from a call that began before the last change', async () => {
    const early = [start(), start(), start(), start(), start()];
    await openAndWait();
    await end('success');
    for (const fail of early) await fail('failure');
    expect(breaker.state).toBe('half-open');
    await all('success', 'success');
    expect(breaker.state).toBe('closed');
  });

  it('starts with an empty window when it has closed, however short it was open', async () => {
    await all('failure', 'failure', 'failure');
    breaker.isolate().dispose(); // opened and closed by hand, in no time
    await all('failure', 'failure', 'failure');
    expect(breaker.state).toBe('closed');
  });

  it('counts no probe of an earlier half-open time, and keeps no seat of it', async () => {
    await openAndWait();
    const probes = [start(), start()];
    await probes[0]?.('none');
    await probes[1]?.('failure');
    time.nowMs += POLICY.openMs;
    await all('success', 'success', 'success');
    expect(breaker.state).toBe('closed');
  });

  it('can be held open by hand, and closes when the last hand lets go', async () => {
    const hands = [breaker.isolate(), breaker.isolate()];
    await expect(end('success')).rejects.toBeInstanceOf(IsolatedCircuitError);
    hands[0]?.dispose();
    expect(breaker.state).toBe('isolated');
    hands[1]?.dispose();
    expect(path).toEqual(['closed>isolated', 'isolated>closed']);
  });

  it('behaves as specified for every course of verdicts and pauses', async () => {
    const step = fc.record({
      afterMs: fc.constantFrom(0, 0, 0, 100, POLICY.openMs),
      verdict: fc.constantFrom<Verdict>('success', 'failure', 'failure', 'none'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const clock = { nowMs: 0 };
        const subject = new CircuitBreaker(POLICY, {
          changed: () => undefined,
          nowMs: () => clock.nowMs,
          random: () => 0,
        });
        const model = new Model(() => clock.nowMs);
        for (const { afterMs, verdict } of steps) {
          clock.nowMs += afterMs;
          const work = () => (verdict === 'success' ? Promise.resolve() : Promise.reject(new Ending(verdict)));
          const refused = await subject.run(work, judge).then(
            () => false,
            (error: unknown) => error instanceof BrokenCircuitError,
          );
          expect([refused, subject.state]).toEqual([model.refuses(verdict), model.state]);
        }
      }),
    );
  });
});

/** The rules in the plainest words, for calls that come one after the other. */
class Model {
  state: 'closed' | 'open' | 'half-open' = 'closed';
  private seen: { atMs: number; failed: boolean }[] = [];
  private openedAtMs = 0;
  private successes = 0;

  constructor(private readonly nowMs: () => number) {}

  refuses(verdict: Verdict): boolean {
    if (this.state === 'open') {
      if (this.nowMs() < this.openedAtMs + POLICY.openMs) return true;
      this.state = 'half-open';
      this.successes = 0;
    }
    if (verdict === 'none') return false;
    if (this.state === 'half-open') this.probe(verdict);
    else this.sample(verdict);
    return false;
  }

  private probe(verdict: Verdict): void {
    if (verdict === 'failure') return this.open();
    this.successes += 1;
    if (this.successes === POLICY.probes) this.state = 'closed';
  }

  private sample(verdict: Verdict): void {
    const slice = (atMs: number) => Math.floor(atMs / (POLICY.windowMs / 10));
    this.seen.push({ atMs: this.nowMs(), failed: verdict === 'failure' });
    this.seen = this.seen.filter(({ atMs }) => slice(atMs) > slice(this.nowMs()) - 10);
    const failures = this.seen.filter(({ failed }) => failed).length;
    if (verdict === 'failure' && this.seen.length >= POLICY.callsMin && failures * 2 >= this.seen.length) this.open();
  }

  private open(): void {
    this.state = 'open';
    this.openedAtMs = this.nowMs();
    this.seen = [];
  }
}
