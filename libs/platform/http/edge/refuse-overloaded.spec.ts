import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { PROBLEM_CONTENT_TYPE, problemOf } from '#platform/errors';
import { Overloaded } from '../shedding/load-shedder.js';
import { refuseOverloaded } from './refuse-overloaded.js';
import { API_HEADERS } from './security-headers.js';

const IDS = { requestId: 'r:1.a_b-c', traceId: '0123456789abcdef0123456789abcdef' };

/** What is written for a refusal of this URL. */
function written(url: string, closes = false) {
  let [status, body] = [0, ''];
  let headers: readonly string[] = [];
  const response = {
    writeHead(code: number, fields: readonly string[]) {
      [status, headers] = [code, fields];
      return response;
    },
    end: (text: string) => void (body = text),
  };
  refuseOverloaded(response as unknown as ServerResponse, IDS, { url, closes });
  const pairs = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1] ?? '']] : []));
  return { status, body, headers: Object.fromEntries(pairs) as Record<string, string> };
}

describe('the refusal of a service that is overloaded', () => {
  it.each([
    '/v1/products/1?token=canary',
    '/"quoted"\\',
    '/\u0001\u2028',
    '/ü€😀',
    '/\ud800',
    `/${'x'.repeat(5000)}`,
    '*',
    '',
  ])('is the problem that is told of any error, also for %j', (url) => {
    const { status, body } = written(url);

    expect(JSON.parse(body)).toEqual(problemOf(new Overloaded(), { url, ...IDS }));
    expect(status).toBe(503);
  });

  it('has the headers of every answer, and of every problem that may pass', () => {
    const { headers, body } = written('/ü');

    expect(headers).toEqual({
      ...API_HEADERS,
      'content-type': PROBLEM_CONTENT_TYPE,
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(body)),
      'x-request-id': IDS.requestId,
      'retry-after': expect.stringMatching(/^[123]$/),
    });
  });

  it('sends its clients away for one to three seconds, so that they do not all come back at once', () => {
    const told = new Set(Array.from({ length: 200 }, () => written('/').headers['retry-after']));

    expect(told).toEqual(new Set(['1', '2', '3']));
  });

  it('asks to close the connection where that is to end', () => {
    expect(written('/', true).headers['connection']).toBe('close');
  });
});
