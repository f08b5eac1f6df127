import { pollUntil } from '../../process/wait.ts';
import type { Log } from './log.ts';
import { Replica } from './replica.ts';
import { sumOf } from './sum.ts';

/** After a fault a breaker stays open for ten seconds and a fifth. */
const CALM_TIMEOUT_MS = 20_000;
/** The breakers of these close by what is asked to see it; those of the others by the next event, and the next page. */
const NEEDED = ['postgres', 'redis'];

export type Environment = NodeJS.ProcessEnv;

/** All replicas of a run: the two that stay, and those that are started for one trial. */
export class Crew {
  private readonly release: string;
  private readonly log: Log;
  private readonly extras: Replica[] = [];
  private started = 0;
  private pair: readonly [Replica, Replica] | undefined;
  private closed = false;

  constructor(release: string, log: Log) {
    this.release = release;
    this.log = log;
  }

  get both(): readonly [Replica, Replica] {
    if (!this.pair) throw new Error('No replica has been started.');
    return this.pair;
  }

  /** The two that stay; those before them are killed. */
  async startPair(env: Environment): Promise<void> {
    await this.close();
    this.closed = false;
    const own = await Promise.all([this.launch(env).ready(), this.launch(env).ready()]);
    this.pair = own;
    for (const replica of own) this.extras.splice(this.extras.indexOf(replica), 1);
  }

  /** One more, of which nothing is waited for. @throws Error for a trial whose time is over */
  launch(env: Environment): Replica {
    if (this.closed) throw new Error('No replica is started any more: the time of this trial is over.');
    this.started += 1;
    const replica = Replica.launch(`store-${this.started}`, { release: this.release, env, log: this.log });
    this.extras.push(replica);
    return replica;
  }

  /** Ends those that were started for a trial. */
  async dismiss(): Promise<void> {
    await Promise.all(this.extras.splice(0).map((replica) => replica.kill()));
  }

  /** Whether both are well, or become so within 20 s. One that has ended does not. */
  async becomesCalm(signal: AbortSignal): Promise<boolean> {
    const ask = async (): Promise<boolean | null> => {
      if (this.both.some((replica) => replica.isOver)) return false;
      const calm = await Promise.all(this.both.map((replica) => isWell(replica).catch(() => false)));
      return calm.every(Boolean) || null;
    };
    return (await pollUntil(ask, { timeoutMs: CALM_TIMEOUT_MS, signal })) === true;
  }

  /** Ends all of them, and starts no other until there is a pair again. */
  async close(): Promise<void> {
    this.closed = true;
    await this.dismiss();
    await Promise.all((this.pair ?? []).map((replica) => replica.kill()));
  }
}

async function isWell(replica: Replica): Promise<boolean> {
  const ready = await replica.manage('/health/ready');
  const list = await replica.ask('/v1/products?limit=1');
  const metrics = await replica.metrics();
  const broken = NEEDED.some((dependency) => sumOf(metrics, 'dependency_breaker_state', { dependency }) > 0);
  return ready.status === 200 && list.status === 200 && !broken;
}
