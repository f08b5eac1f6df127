import { describe, expect, it } from '@jest/globals';
import { isKnownHost } from './known-host.js';

describe('isKnownHost', () => {
  it.each(['127.0.0.1', '127.0.0.1:9090', '[::1]:9090', 'localhost:9090', 'LOCALHOST', 'store', 'store:9090'])(
    'knows %s: no site of a stranger has such a name',
    (host) => expect(isKnownHost(host, [])).toBe(true),
  );

  it.each(['store.default.svc', 'store.default.svc.cluster.local:9090', 'ops.internal'])(
    'knows the private %s',
    (host) => expect(isKnownHost(host, [])).toBe(true),
  );

  it.each([
    'rebound.example.com',
    'rebound.example.com:9090',
    '127.0.0.1.example.com',
    'localhost.example.com.',
    'a b',
    '',
  ])('does not know "%s"', (host) => expect(isKnownHost(host, [])).toBe(false));

  it('knows what is allowed, and no name that only ends or begins like it', () => {
    const allowed = ['ops.example.com'];

    expect(isKnownHost('OPS.example.com:9090', allowed)).toBe(true);
    expect(isKnownHost('x.ops.example.com', allowed)).toBe(false);
    expect(isKnownHost('ops.example.com.evil.example', allowed)).toBe(false);
  });

  it('knows a check of HTTP/1.0, which has no name for it: browsers always have one', () => {
    expect(isKnownHost(undefined, [])).toBe(true);
  });
});
