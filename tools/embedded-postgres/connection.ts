import { Socket } from 'node:net';
import { realpath } from 'node:fs/promises';
import pg from 'pg';

/** A healthy local server answers within milliseconds; one that is busy with recovery says so at once. */
const ANSWER_TIMEOUT_MS = 2_000;
const HOST = '127.0.0.1';

export interface Access {
  readonly port: number;
  readonly password: string;
}

export const SUPERUSER = 'postgres';

/** The password is of URL-safe characters: nothing to escape. */
export function connectionUrl({ port, password }: Access, database: string, user = SUPERUSER): string {
  return `postgres://${user}:${password}@${HOST}:${port}/${database}`;
}

/**
 * Runs the work on a connection of its own; each wait for the server is bounded, and so is the goodbye.
 * @param timeoutMs for each statement; a look at the server's health takes the default
 */
export async function withConnection<T>(
  access: Access,
  database: string,
  work: (client: pg.Client) => Promise<T>,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<T> {
  // Our own socket, because `end()` waits for the server's goodbye, which a stopped server never says.
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: connectionUrl(access, database),
    connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
    query_timeout: timeoutMs,
    ssl: false,
    stream: () => socket,
  });
  // A server that dies meanwhile fails the query as well; without a listener it would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.end().catch(() => undefined);
    socket.destroySoon();
  }
}

/** Whether the server on this port lets us in, answers, and is the one that serves this folder. */
export async function answersFor(dataDir: string, access: Access): Promise<boolean> {
  try {
    const { rows } = await withConnection(access, 'postgres', (client) =>
      client.query<{ data_directory: string }>('SHOW data_directory'),
    );
    return rows[0] !== undefined && (await realpath(rows[0].data_directory)) === (await realpath(dataDir));
  } catch {
    return false;
  }
}
