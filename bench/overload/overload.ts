import type { TargetLine } from '../report/cases.ts';
import { answerTo, planned, refuseDifferent } from '../rounds/answers.ts';
import { byId, productIds, UNCACHED } from '../cases/products.ts';
import { untilQuiet } from '../machine/quiet.ts';
import type { Pace } from '../rounds/measure.ts';
import type { Scene } from '../scene/scene.ts';
import { startStore } from '../scene/servers.ts';
import { median } from '../statistics/quantile.ts';
import { type Verdict, verdictOnSpread } from '../statistics/verdict.ts';

const TIMES_CAPACITY = 3;
/** More than the store works on at a time (SHED_IN_FLIGHT_MAX): whoever is refused makes room for the next. */
const CONNECTIONS = 600;
/** Below it the load was the bottleneck, and nothing was overloaded. */
const OFFERED_MIN = 0.8;
const OVERLOADED = 503;

export interface OverloadRound {
  /** Good answers in a second at the best load that was found. */
  readonly peak: number;
  /** At three times of that. */
  readonly goodput: number;
  readonly refused: number;
  /** Sent, of what should have been: the rest found no free connection, because answers did not come. */
  readonly offered: number;
  readonly p99Ms: number;
}

export interface OverloadResult {
  readonly rounds: readonly OverloadRound[];
}

/** Products by id from Postgres: work that has to wait for somebody, and so can pile up. */
export async function measureOverload(scene: Scene, { rounds, sliceMs, warmUpMs, connections }: Pace) {
  const name = 'Mainstay under overload';
  const server = await startStore(scene, { name, env: UNCACHED });
  try {
    const questions = byId(await productIds(scene));
    const answers = await Promise.all(questions.map((question) => answerTo(server.url, question)));
    refuseDifferent([{ contender: name, answers }], []);
    const requests = questions.map((question, index) => {
      return planned(question, answers[index] ?? { status: 0, body: '' }, []);
    });
    await scene.load.plan(name, server.url, requests);
    await scene.load.run(name, { connections, durationMs: warmUpMs });
    const measured: OverloadRound[] = [];
    for (let round = 0; round < rounds; round += 1) {
      scene.signal.throwIfAborted();
      const calm = await scene.load.run(name, { connections, durationMs: sliceMs });
      const peak = calm.goodPerSecond;
      const ratePerSecond = peak * TIMES_CAPACITY;
      const times = { countFromMs: sliceMs, durationMs: 3 * sliceMs };
      const load = { connections: CONNECTIONS, ...times, ratePerSecond, bearable: [OVERLOADED] };
      const storm = await scene.load.run(name, load);
      await untilQuiet([server.pid]);
      measured.push({
        peak,
        goodput: storm.goodPerSecond,
        refused: storm.statuses[OVERLOADED] ?? 0,
        offered: storm.sent / storm.due,
        p99Ms: storm.p99Ms,
      });
    }
    return { rounds: measured };
  } finally {
    await scene.load.forget(name);
    await server.kill();
  }
}

export function overloadTargets({ rounds }: OverloadResult): readonly TargetLine[] {
  const shares = rounds.map(({ goodput, peak }) => goodput / peak);
  const wasOffered = median(rounds.map(({ offered }) => offered)) >= OFFERED_MIN;
  const on = (value: number): Verdict =>
    wasOffered ? verdictOnSpread({ is: 'at least', value }, shares, 0) : 'inconclusive';
  const goals = { is: 'at least', first: 0.8, beyond: 0.95 } as const;
  const verdicts = { first: on(goals.first), beyond: on(goals.beyond) };
  return [{ what: 'three times capacity', figure: 'goodput of peak', ...goals, measured: median(shares), verdicts }];
}
