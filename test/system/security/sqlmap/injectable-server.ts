import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import pg from 'pg';

/** How the catalog would look to sqlmap if its statements were glued together: what has to be found, or no finding means anything. */
export async function injectableServer(databaseUrl: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 8, statement_timeout: 5_000 });
  pool.on('error', () => undefined); // the database may be dropped first
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    statementOf(request)
      .then((statement) => pool.query(statement))
      .then(({ rows }) => response.end(JSON.stringify({ items: rows })))
      .catch(() => response.writeHead(400).end('{"code":"refused"}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await pool.end();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** A read by a query parameter; a write by a field of a body, whose answer differs each time. */
async function statementOf(request: IncomingMessage): Promise<string> {
  if (request.method === 'POST') {
    const { reason } = (await json(request)) as { reason: string };
    return `INSERT INTO injectable (reason) VALUES ('${reason}') RETURNING id`;
  }
  const category = new URL(request.url ?? '', 'http://store.test').searchParams.get('category');
  return `SELECT sku, name FROM catalog.products WHERE category = '${category}' ORDER BY id LIMIT 5`;
}

export const INJECTABLE_TABLE =
  'CREATE TABLE injectable (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), reason text NOT NULL)';
