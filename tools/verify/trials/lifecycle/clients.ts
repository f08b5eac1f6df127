import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { pollUntil } from '../../../process/wait.ts';
import type { Replica } from '../../stage/replica.ts';

const PROBE_INTERVAL_MS = 50;
const ANSWER_TIMEOUT_MS = 10_000;
/** Between two requests of one client. */
const PAUSE_MS = 2;

/** Clients with connections that they keep, and a balancer's view of who is ready: what stands in front in production. */
export class Clients {
  answered = 0;
  readonly failures: string[] = [];
  /** When a replica was first seen not to be ready, of `performance.now()`. */
  unreadySinceMs = NaN;
  private readonly ready: Set<Replica>;
  private readonly probing: Promise<void>;
  private readonly asking: readonly Promise<void>[];
  private readonly path: string;
  private stopped = false;

  constructor(replicas: readonly Replica[], path: string, count: number) {
    this.path = path;
    this.ready = new Set(replicas);
    this.probing = this.probe(replicas);
    this.asking = Array.from({ length: count }, (_, n) => this.run(n));
  }

  /** Resolves when so many more have been answered. */
  async more(count: number): Promise<void> {
    const wanted = this.answered + count;
    while (this.answered < wanted && !this.stopped) await pause(PAUSE_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([this.probing, ...this.asking]);
  }

  private async probe(replicas: readonly Replica[]): Promise<void> {
    while (!this.stopped) {
      for (const replica of replicas) {
        const status = await replica.manage('/health/ready').then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) continue;
        if (this.ready.delete(replica) && Number.isNaN(this.unreadySinceMs)) this.unreadySinceMs = performance.now();
      }
      await pause(PROBE_INTERVAL_MS);
    }
  }

  private async run(n: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = n; !this.stopped; turn += 1) {
      const ready = [...this.ready];
      const replica = ready[turn % ready.length];
      if (!replica) {
        this.failures.push('nobody is ready');
        break;
      }
      const told = await exchange(replica.url + this.path, agent);
      if (told === '200') this.answered += 1;
      else this.failures.push(told);
      await pause(PAUSE_MS);
    }
    agent.destroy();
  }
}

/** What a client gets that was not connected before: the status, or the error. */
export const newcomerTo = (replica: Replica): Promise<string> =>
  exchange(`${replica.url}/v1/products?limit=1`, new Agent({ keepAlive: false }));

/** When a replica takes no new connections any more, of `performance.now()`; Infinity where it does all the while. */
export async function untilClosed(replica: Replica, timeoutMs: number): Promise<number> {
  const look = async (): Promise<number | null> => ((await newcomerTo(replica)) === '200' ? null : performance.now());
  return (await pollUntil(look, { timeoutMs })) ?? Infinity;
}

/** The status, or what went wrong. A client of HTTP may not repeat what it does not know to be safe: nothing is. */
function exchange(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = request(url, { agent, timeout: ANSWER_TIMEOUT_MS }, (answer) => {
      answer.resume().on('end', () => resolve(String(answer.statusCode)));
      answer.on('error', (error) => resolve(error.message));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => resolve(error.message));
    outgoing.end();
  });
}
