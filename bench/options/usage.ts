import { Refusal } from '../../tools/process/refusal.ts';

export const USAGE = `Usage: npm run bench -- [options]

  --quick           about a minute, to see that all works: no figures to quote
  --only <names>    these measurements alone, with commas: tiny, by-id, list, cached, page, order, authenticated, tracing,
                    tiny-shared, cached-shared, start, overload
  --awake <names>   these with a load that never sleeps, so that nobody pays for waking it: tiny, cached, page,
                    authenticated
  --rounds <n>      of each case, 3 to 1000 (15)
  --ladder          the parts of the pipeline, switched on one at a time
  --soak <time>     so long under load with faults, 5m to 24h: memory, descriptors, sockets, listeners, pool
  --profile <case>  where the CPU of a case's target goes, by function: tiny, by-id, list, cached, page,
                    order, authenticated or overload
  --json <file>     writes all samples there
  --save            writes them to bench/results/, by commit and what was measured
  --render <files>  measures nothing: writes the figures of such files, with commas, into docs/performance.md`;

/** What is wrong, and what would be right. */
export const refusal = (reason: string, cause?: unknown): Refusal => new Refusal(`${reason}.\n\n${USAGE}`, { cause });
