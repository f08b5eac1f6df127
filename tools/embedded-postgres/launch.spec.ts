import { describe, expect, it } from '@jest/globals';
import { isPassing } from './launch.ts';

describe('a start that failed', () => {
  it.each([
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
    'FATAL:  could not create any TCP/IP sockets',
    'FATAL:  pre-existing shared memory block (key 2756043, ID 32) is still in use',
  ])('is worth another try: %s', (reason) => {
    expect(isPassing(reason)).toBe(true);
  });

  it('is final for any other reason', () => {
    expect(isPassing('FATAL:  data directory "/data" has wrong ownership')).toBe(false);
  });
});
