import { describe, expect, it } from '@jest/globals';
import { TrustedProxies } from './trusted-proxies.js';

describe('TrustedProxies', () => {
  const proxies = new TrustedProxies(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1']);

  it.each(['10.1.200.3', '192.0.2.7', '::ffff:10.1.0.1', 'fd12::1', '::1'])('trusts %s', (address) => {
    expect(proxies.trusts(address)).toBe(true);
  });

  it.each(['10.2.0.1', '192.0.2.8', '::ffff:10.2.0.1', 'fe80::1', '', 'unknown', '10.1.0.1:80', '_hidden', undefined])(
    'does not trust %s',
    (address) => {
      expect(proxies.trusts(address)).toBe(false);
    },
  );

  it('trusts nobody by default', () => {
    expect(new TrustedProxies([]).trusts('127.0.0.1')).toBe(false);
  });
});
