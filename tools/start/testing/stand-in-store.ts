/**
 * A service with the store's outside and nothing inside, for tests of `npm start`. It logs, serves one product, is ready
 * at once, ends at SIGTERM (STAND_IN=stubborn: does not), or by itself (STAND_IN=dies).
 */
import { createServer, type RequestListener } from 'node:http';

const behaviour = process.env['STAND_IN'];

const serve = (prefix: string, answer: RequestListener) =>
  createServer(answer).listen(Number(process.env[`${prefix}PORT`]), process.env[`${prefix}BIND_ADDRESS`]);

const log = (msg: string) => process.stdout.write(`${JSON.stringify({ level: 30, time: Date.now(), msg })}\n`);

const servers = [
  serve('', ({ url }, response) => {
    if (url?.startsWith('/v1/products?')) response.end(JSON.stringify({ items: [{ id: 'a-product' }] }));
    else response.setHeader('etag', '"3"').end('{}');
  }),
  serve('MANAGEMENT_', (_, response) => {
    response.end();
    if (behaviour === 'dies') setTimeout(() => process.exit(7), 500);
  }),
];

log(`process ${process.pid} uses ${process.env['DATABASE_URL']}`);
log(process.env['DATABASE_MIGRATOR_URL'] === undefined ? 'knows no migrator' : 'knows a migrator');

process.on('SIGTERM', () => {
  log('asked to end');
  if (behaviour === 'stubborn') return;
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});
