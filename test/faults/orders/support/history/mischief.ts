import pg from 'pg';
import { cancelStatements, terminateBackends } from '../../../support/probes/backends.js';
import type { FaultProxy } from '../../../../../tools/fault-proxy/fault-proxy.ts';
import type { Progress } from '../progress.js';
import type { SeededRandom } from '../../../support/seeded-random.js';

/** Steps of the clients from one fault to the next. */
const STEPS = { min: 1, max: 8 };
/** Longer than it takes until an order comes that wants the row, and shorter than anybody's patience with its lock. */
const BAIT_MAX_MS = 1_000;

const DEADLOCK = '40P01';
const WAITING = `
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`;
const LOCK = 'SELECT FROM catalog.products WHERE id = $1 FOR UPDATE';

const KINDS = ['cut', 'terminated', 'statementsCancelled', 'crossed'] as const;
export type Kind = (typeof KINDS)[number];

export interface MischiefOptions {
  readonly adminUrl: string;
  readonly proxies: readonly FaultProxy[];
  readonly random: SeededRandom;
  readonly productIds: readonly string[];
}

/** What befalls a database and the way to it, one fault after the other. */
export class Mischief {
  /** How many connections, statements and lock holders each kind has met. */
  readonly counts: Record<Kind, number> = { cut: 0, terminated: 0, statementsCancelled: 0, crossed: 0 };
  private deck: Kind[] = [];
  private readonly faults: Readonly<Record<Kind, () => number | Promise<number>>> = {
    cut: () => this.cut(),
    terminated: () => terminateBackends(this.options.adminUrl),
    statementsCancelled: () => cancelStatements(this.options.adminUrl),
    crossed: () => this.cross(),
  };

  constructor(private readonly options: MischiefOptions) {}

  async among(progress: Progress): Promise<void> {
    const { random } = this.options;
    while (await progress.steps(random.between(STEPS.min, STEPS.max))) await this.strike();
  }

  /** Each kind comes as often as the others, in an order that nobody knows. */
  private async strike(): Promise<void> {
    const { random } = this.options;
    if (this.deck.length === 0) this.deck = random.sample(KINDS, KINDS.length);
    const kind = this.deck.pop();
    if (kind) this.counts[kind] += await this.faults[kind]();
  }

  private cut(): number {
    this.options.random.pick(this.options.proxies).reset();
    return 1;
  }

  /** Locks two products the other way round, the second when somebody who may have it waits for the first. */
  private async cross(): Promise<number> {
    const { random, adminUrl, productIds } = this.options;
    const [low = '', high = ''] = random.sample(productIds, 2).sort();
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(LOCK, [high]);
      const crossed = await this.blocked(client);
      await client.query(LOCK, [low]);
      return Number(crossed);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === DEADLOCK) return 1; // it was we who had to give way
      throw error;
    } finally {
      await client.end();
    }
  }

  /** Resolves with whether somebody came who waits. */
  private async blocked(client: pg.Client): Promise<boolean> {
    const endsAtMs = performance.now() + BAIT_MAX_MS;
    for (;;) {
      const { rowCount } = await client.query(WAITING);
      if (rowCount || performance.now() > endsAtMs) return Boolean(rowCount);
    }
  }
}
