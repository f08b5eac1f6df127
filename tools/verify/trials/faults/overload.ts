import { pollUntil } from '../../../process/wait.ts';
import { toldBy } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { sumOf } from '../../stage/sum.ts';
import { type Fact, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** The least that the settings allow; an idle service is above it with so small a heap. */
const HEAP_RATIO = '0.1';
const HEAP_MIB = 160;
/** Blocks the event loop for 60 of each 61 ms: thrice the least that the settings allow. */
const BUSY = `
  process.on('SIGUSR2', () => setInterval(() => { const end = Date.now() + 60; while (Date.now() < end); }, 1));`;
const PRELOAD = `--import=data:text/javascript,${encodeURIComponent(BUSY)}`;
/** Samples of a quarter of a second, until none is let in, and the machine's share. */
const SEEN_MS = 5_000;

/** Sabotages that this is for: a limit of the heap, or of the event loop's delay, that nobody looks at. */
export const OVERLOAD: Trial = {
  promise: 'B7',
  says: 'A replica whose heap is full, or whose event loop is late, refuses at once, while probes and metrics answer',
  how: 'one with a limit of 10% of a small heap, one with 20 ms that is kept busy (NODE_OPTIONS); its answers and metrics',

  run: async (stage) => {
    const [full, busy] = await Promise.all([
      stage.extra({ NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`, SHED_HEAP_RATIO_MAX: HEAP_RATIO }),
      stage.extra({ NODE_OPTIONS: PRELOAD, SHED_EVENT_LOOP_DELAY_MS: '20' }),
    ]);
    const heap = await refusing(full, 'heap');
    busy.signal('SIGUSR2');
    return together([...heap, ...(await refusing(busy, 'event-loop-delay'))]);
  },
};

async function refusing(replica: Replica, reason: string): Promise<readonly Fact[]> {
  const look = async () => {
    const answer = await replica.ask('/v1/products?limit=1');
    return answer.status === 503 ? answer : null;
  };
  const refused = await pollUntil(look, { timeoutMs: SEEN_MS });
  const live = await replica.manage('/health/live');
  const counted = sumOf(await replica.metrics(), 'http_server_requests_shed_total', { reason });
  return [
    fact(reason, refused && toldBy(refused), '503 platform.overloaded'),
    fact('Retry-After', refused?.headers.has('retry-after'), true),
    within('refused in', refused?.tookMs ?? NaN, SLACK_MS),
    fact('liveness', live.status, 200),
    fact('counted', counted > 0, true),
  ];
}
