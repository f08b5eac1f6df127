import { randomUUID } from 'node:crypto';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

export const REQUEST_LINES: Trial = {
  promise: 'D1',
  says: 'Each request has one JSON line, by its id, of its route, user, status, time and error',
  how: 'a 200, a 401, a 404, a 400 and an order under ids of ours, and one under an insane id; the log',

  run: async ({ first, shop }) => {
    const named = (): Record<string, string> => ({ 'x-request-id': `verify-${randomUUID()}`, traceparent: PARENT });
    const asked = [
      { path: '/v1/products?limit=1', headers: named(), told: '200 /v1/products undefined' },
      { path: '/v1/orders', headers: named(), told: '401 /v1/orders platform.authentication-required' },
      { path: '/verify/nowhere', headers: named(), told: '404 (unmatched) platform.route-not-found' },
      { path: '/v1/products?limit=x', headers: named(), told: '400 /v1/products platform.validation-failed' },
      {
        path: '/v1/orders?limit=1',
        headers: { ...named(), ...shop.customer('verify-lines') },
        told: '200 /v1/orders undefined',
      },
    ];
    const faults: string[] = [];
    for (const { path, headers, told } of asked) {
      const id = headers['x-request-id'];
      const answer = await first.ask(path, { headers });
      const line = await first.logged(({ msg, requestId }) => msg === 'request' && requestId === id);
      const lines = first.logs.filter(({ msg, requestId }) => msg === 'request' && requestId === id).length;
      const found = `${String(line['status'])} ${String(line['route'])} ${String(line['errorCode'])}`;
      if (found !== told || lines !== 1 || answer.headers.get('x-request-id') !== id)
        faults.push(`${path}: ${lines} lines, ${found}`);
      if (line['traceId'] !== TRACE_ID || typeof line['durationMs'] !== 'number')
        faults.push(`${path}: no trace or time`);
    }
    const user = first.logs.filter(({ msg, userId }) => msg === 'request' && userId === 'verify-lines').length;
    const insane = await first.ask('/v1/products?limit=1', { headers: { 'x-request-id': 'a b <script>' } });
    const odd = first.texts.filter((text) => !text.startsWith('{')).length;
    return together([
      fact('lines that are not as they should be', faults.join('; ') || 0, 0),
      fact('with the user', user, 1),
      fact('an insane id is kept', insane.headers.get('x-request-id') === 'a b <script>', false),
      fact('lines that are no JSON', odd, 0),
    ]);
  },
};
