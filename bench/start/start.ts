import { setTimeout as pause } from 'node:timers/promises';
import type { TargetLine } from '../report/cases.ts';
import { rssMbOf } from '../machine/process-size.ts';
import { orderOf } from '../rounds/order.ts';
import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import { startBaseline, startStore } from '../scene/servers.ts';
import { mean, median } from '../statistics/quantile.ts';
import { verdictOnSpread, type Verdict } from '../statistics/verdict.ts';

/** What a start leaves behind is collected, and pools are open. */
const IDLE_MS = 2_000;

export interface Start {
  /** From spawn to ready: the readiness probe says yes, or, of a server without one, it listens. */
  readonly readyMs: number;
  /** After two idle seconds, in MB. */
  readonly rssMb: number;
}

export type StartResult = readonly { readonly server: string; readonly starts: readonly Start[] }[];

const STORE = 'Mainstay';
const NEST = 'bare Nest';

/** Starts each of them over and over, in turns, alone. */
export async function measureStart(scene: Scene, { rounds }: { rounds: number }): Promise<StartResult> {
  const servers: readonly { name: string; start: () => Promise<ServerProcess> }[] = [
    { name: NEST, start: () => startBaseline(scene, 'nest') },
    { name: 'bare Fastify', start: () => startBaseline(scene, 'fastify') },
    { name: 'node:http', start: () => startBaseline(scene, 'node-http') },
    { name: STORE, start: () => startStore(scene, { name: 'store' }) },
  ];
  const starts = new Map<string, Start[]>(servers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, start } of orderOf(servers, round)) {
      const server = await start();
      const readyMs = performance.now() - server.spawnedAtMs;
      await pause(IDLE_MS);
      starts.get(name)?.push({ readyMs, rssMb: rssMbOf(server.pid) });
      await server.kill();
    }
  }
  return [...starts].map(([server, each]) => ({ server, starts: each }));
}

const startsOf = (result: StartResult, name: string): readonly Start[] =>
  result.find(({ server }) => server === name)?.starts ?? [];

export function startTargets(result: StartResult): readonly TargetLine[] {
  const [nest, store] = [startsOf(result, NEST), startsOf(result, STORE)];
  // Nest is started before and after the others of a round.
  const nestMsIn = (round: number): number => mean(nest.slice(2 * round, 2 * round + 2).map(({ readyMs }) => readyMs));
  const line = (what: string, figure: string, values: readonly number[], [first, beyond]: [number, number]) => {
    const on = (value: number): Verdict => verdictOnSpread({ is: 'at most', value }, values, 0);
    const verdicts = { first: on(first), beyond: on(beyond) };
    return { what, figure, is: 'at most', first, beyond, measured: median(values), verdicts } as const;
  };
  const ratios = store.map(({ readyMs }, round) => readyMs / nestMsIn(round));
  const sizes = store.map(({ rssMb }) => rssMb);
  return [line('spawn to ready, of bare Nest', 'time', ratios, [2, 1]), line('idle', 'RSS in MB', sizes, [160, 130])];
}
