import pg from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;

/** The server for tests, as its superuser. Jest's global set-up says where it is. */
export function testServerUrl(): URL {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url)
    throw new Error('TEST_DATABASE_URL is not set: run this test through one of the Jest projects that set it.');
  return new URL(url);
}

/** Does one thing over a connection of its own, outside any pool: what a test does behind the service's back. */
export async function withConnection<T>(url: string | URL, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: String(url), connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
