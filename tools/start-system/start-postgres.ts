import { join } from 'node:path';
import { initScripts } from '../compose/compose-file.ts';
import { beginAsImage } from '../compose/postgres-image.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import type { PostgresAccount } from '../embedded-postgres/account.ts';
import { giveTo, layOut, type Layout } from './lay-out.ts';
import type { Running } from './running.ts';
import type { Container } from './translation.ts';

/**
 * A database server of the system: of the version that docker-compose.yml has, which the project carries, and not of the
 * one that Debian has.
 */
export async function startPostgres(
  container: Container,
  layout: Layout,
  account: PostgresAccount,
  tell: (running: Running) => void,
  signal: AbortSignal,
): Promise<void> {
  const server = await startEmbeddedPostgres({ ephemeral: true, signal });
  const ended = new Promise<string>((resolve) => {
    void server.watch(() => resolve('no word; a killed one says nothing'));
  });
  // In one way whoever asks: nobody misses its data.
  const kill = (): void => void server.stop();
  tell({ name: container.name, ended, stop: () => server.stop(), kill });
  layout.places.give(container.name, 5432, server.port);
  await layOut(container, layout);
  await giveTo(account, container.folder);
  await beginAsImage(server, {
    checkout: layout.checkout,
    database: container.service.environment?.['POSTGRES_DB'] ?? '',
    scripts: initScripts(container.service),
    secretsFolder: join(container.folder, 'run/secrets'),
  });
}
