import { join } from 'node:path';
import type { PostgresAccount } from '../embedded-postgres/account.ts';
import type { Progress } from '../start/progress.ts';
import { isPostgres, isStep, namesOf, type Model } from './model.ts';
import type { Start } from './ordered.ts';
import { startPostgres } from './start-postgres.ts';
import { runStep, startServer, type Stage } from './start-service.ts';

export interface Scene extends Stage {
  readonly model: Model;
  /** Whom Postgres runs as. */
  readonly account: PostgresAccount;
  /** The folders of all containers are in it. */
  readonly folder: string;
  readonly progress: Progress;
}

/** How a service of the model is started: each of its containers at once, in the way of its kind. */
export function startIn({ model, account, folder, progress, ...stage }: Scene): Start {
  return async (name, tell, signal) => {
    const service = model.services[name] ?? {};
    const work = namesOf(name, service).map((each) => {
      const container = { name: each, service, folder: join(folder, each) };
      if (isPostgres(service)) return startPostgres(container, stage, account, tell, signal);
      return isStep(service) ? runStep(container, stage, signal) : startServer(container, stage, tell, signal);
    });
    // Settled: whoever stops all of it must find nobody at work.
    const settled = async (): Promise<void> => {
      const outcomes = await Promise.allSettled(work);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    };
    await progress.step(name, settled, () => (isStep(service) ? 'done' : 'healthy'));
  };
}
