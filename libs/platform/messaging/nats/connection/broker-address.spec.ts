import { describe, expect, it } from '@jest/globals';
import { brokerAddress, credentialsIn } from './broker-address.js';

const withUser = (user: string, password: string): string => {
  const url = new URL('nats://one:4222');
  [url.username, url.password] = [user, password];
  return url.href;
};

describe('brokerAddress', () => {
  it('names each server with its port, 4222 unless told', () => {
    expect(brokerAddress(['nats://one', 'nats://two:5222', 'nats://[::1]:6222'])).toEqual({
      servers: ['one:4222', 'two:5222', '[::1]:6222'],
    });
  });

  it('takes user and password out of the address, decoded', () => {
    expect(brokerAddress([withUser('store', 'p@ss:4223'), 'nats://two'])).toEqual({
      servers: ['one:4222', 'two:4222'],
      user: 'store',
      pass: 'p@ss:4223',
    });
  });

  it('takes a name without a password for a token', () => {
    expect(brokerAddress([withUser('a token', '')])).toEqual({ servers: ['one:4222'], token: 'a token' });
  });

  it('demands TLS where one of the servers does', () => {
    expect(brokerAddress(['tls://one', 'nats://two'])).toMatchObject({ tls: {} });
  });
});

describe('credentialsIn', () => {
  it('counts different ones, and none that are not named', () => {
    expect(credentialsIn(['nats://one', withUser('store', 'x'), withUser('store', 'x')])).toHaveLength(1);
    expect(credentialsIn([withUser('store', 'x'), withUser('store', 'y')])).toHaveLength(2);
  });
});
