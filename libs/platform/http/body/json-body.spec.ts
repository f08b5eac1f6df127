import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MalformedRequest } from '#platform/errors';
import { readJsonBody } from './json-body.js';

describe('readJsonBody', () => {
  it('reads an object', () => {
    expect(readJsonBody(Buffer.from('{"name":"Käse","stock":1e2}'))).toEqual({ name: 'Käse', stock: 100 });
  });

  it('takes no bytes for no body', () => {
    expect(readJsonBody(Buffer.alloc(0))).toBeUndefined();
  });

  it.each(['', ' ', '[]', 'null', '1', '"a"', 'true', '{"a":', '{a:1}', '{"a":NaN}', '{"a":1}{', "{'a':1}"])(
    'refuses %j, which is no JSON object',
    (text) => {
      expect(() => readJsonBody(Buffer.from(`${text} `))).toThrow(MalformedRequest);
    },
  );

  it.each(['{"__proto__":1}', '{"\\u005f_proto__":1}', '{"a":[{"__proto__":{}}]}', '{"constructor":{"prototype":1}}'])(
    'refuses %s, which reaches for a prototype',
    (text) => {
      expect(() => readJsonBody(Buffer.from(text))).toThrow(MalformedRequest);
    },
  );

  it.each(['ff', 'c080', 'eda080', 'f8888080', 'e282'])('refuses the bytes %s, which are no UTF-8', (hex) => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(hex, 'hex'), Buffer.from('"}')]);
    expect(() => readJsonBody(bytes)).toThrow('The body is not UTF-8.');
  });

  it('does not repeat what it could not read', () => {
    expect(() => readJsonBody(Buffer.from('{"password":hunter2}'))).toThrow('The body is not well-formed JSON.');
  });

  it('reads or refuses any bytes, and never fails otherwise', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        try {
          const body = readJsonBody(Buffer.from(some));
          return body === undefined || (typeof body === 'object' && !Array.isArray(body));
        } catch (error) {
          return error instanceof Error && 'kind' in error && error.kind === 'malformed';
        }
      }),
    );
  });
});
