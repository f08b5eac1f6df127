import type { TargetLine } from '../report/cases.ts';
import { answerTo, planned, refuseDifferent } from '../rounds/answers.ts';
import { byId, productIds, UNCACHED } from '../cases/products.ts';
import { untilQuiet } from '../machine/quiet.ts';
import type { Pace } from '../rounds/measure.ts';
import { checkNoneLost } from '../rounds/lines.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { startStore } from '../scene/servers.ts';
import { median } from '../statistics/quantile.ts';
import { type Verdict, verdictOnSpread } from '../statistics/verdict.ts';

const TIMES_CAPACITY = 3;
/**
 * More than the store works on at a time (SHED_IN_FLIGHT_MAX): whoever is refused makes room for the next. Those of some proxies,
 * and those of many clients, of whom each waits for its answer and is kept in memory meanwhile.
 */
const CONNECTIONS = [600, 2_500] as const;
/** Below it too little was asked: that goodput was kept shows nothing then. That it was lost does. */
const OFFERED_MIN = 0.8;
const OVERLOADED = 503;
const MS_PER_SECOND = 1_000;

export interface OverloadRound {
  /** Over which the load came; absent in results from before there were two of them. */
  readonly connections?: number;
  /** Good answers in a second to clients that wait for theirs, a moment before. */
  readonly peak: number;
  /** At three times of that. */
  readonly goodput: number;
  readonly refusedPerSecond?: number;
  /** Sent, of what should have been: the rest found no free connection, because answers, or refusals, did not come. */
  readonly offered: number;
  readonly p99Ms: number;
}

export interface OverloadResult {
  readonly rounds: readonly OverloadRound[];
}

/** @param peak of the store, in answers a second */
export const stormOn = (peak: number, connections = Math.max(...CONNECTIONS)) => ({
  connections,
  ratePerSecond: peak * TIMES_CAPACITY,
  bearable: [OVERLOADED],
});

/** The queue fills in the first slice, and what comes in it is not counted as good. */
async function weathered(
  scene: Scene,
  server: ServerProcess,
  { peak, connections, sliceMs }: { peak: number; connections: number; sliceMs: number },
) {
  const durationMs = 3 * sliceMs;
  const result = await scene.load.run(server.name, { ...stormOn(peak, connections), countFromMs: sliceMs, durationMs });
  await untilQuiet([server.pid]);
  await checkNoneLost(server);
  return {
    connections,
    peak,
    goodput: result.goodPerSecond,
    refusedPerSecond: ((result.statuses[OVERLOADED] ?? 0) * MS_PER_SECOND) / durationMs,
    offered: result.sent / result.due,
    p99Ms: result.p99Ms,
  };
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
      for (const many of CONNECTIONS) {
        measured.push(await weathered(scene, server, { peak, connections: many, sliceMs }));
      }
    }
    return { rounds: measured };
  } finally {
    await scene.load.forget(name);
    await server.kill();
  }
}

/** By the connections over which the load came, the fewest first. */
export const byConnections = ({ rounds }: OverloadResult): ReadonlyMap<number, readonly OverloadRound[]> =>
  Map.groupBy(rounds, ({ connections = CONNECTIONS[0] }) => connections);

/** Of the most connections: over few of them a store that lets clients wait is spared the load. */
export function overloadTargets(result: OverloadResult): readonly TargetLine[] {
  const [, rounds = []] = [...byConnections(result)].at(-1) ?? [];
  const shares = rounds.map(({ goodput, peak }) => goodput / peak);
  const wasOffered = median(rounds.map(({ offered }) => offered)) >= OFFERED_MIN;
  const on = (value: number): Verdict => {
    const verdict = verdictOnSpread({ is: 'at least', value }, shares, 0);
    return verdict === 'met' && !wasOffered ? 'inconclusive' : verdict;
  };
  const goals = { is: 'at least', first: 0.8, beyond: 0.95 } as const;
  const verdicts = { first: on(goals.first), beyond: on(goals.beyond) };
  return [{ what: 'three times capacity', figure: 'goodput of peak', ...goals, measured: median(shares), verdicts }];
}
