import { describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { callerKeys } from './caller-keys.js';

const keysOf = (id: string | null, clientAddress: string): readonly string[] => {
  const context = newRequestContext({ deadline: new Deadline(1_000), clientAddress });
  if (id !== null) context.caller = { id, scopes: new Set() };
  return runInRequest(context, callerKeys);
};

describe('the keys of a caller', () => {
  it('are none outside of a request, and where nothing is known', () => {
    expect(callerKeys()).toEqual([]);
    expect(keysOf(null, '')).toEqual([]);
  });

  it('know him again as the user and by the address', () => {
    const [user, address] = keysOf('customer-9', '203.0.113.7');

    expect(keysOf('customer-9', '198.51.100.1')).toContain(user);
    expect(keysOf('customer-8', '203.0.113.7')).toContain(address);
    expect(keysOf(null, '203.0.113.7')).toEqual([address]);
  });

  it('are nobody else’s', () => {
    const own = keysOf('customer-9', '203.0.113.7');

    for (const key of keysOf('customer-8', '203.0.113.8')) expect(own).not.toContain(key);
    // A user who is called like an address is not that address.
    expect(keysOf(null, 'customer-9')).not.toEqual([own[0]]);
  });

  it('show nothing of what they are made of', () => {
    for (const key of keysOf('customer-9', '203.0.113.7')) expect(key).toMatch(/^[\w-]{22}$/);
  });
});
