/** Node's own server, and nothing on it: what no framework can be faster than. */
import { createServer } from 'node:http';
import { listening } from './listening.mjs';

const BODY = '{"status":"ok"}';
const HEAD = { 'content-type': 'application/json; charset=utf-8', 'content-length': String(BODY.length) };

const server = createServer((_request, response) => {
  response.writeHead(200, HEAD).end(BODY);
});
server.listen(0, '127.0.0.1', () => listening(server));
