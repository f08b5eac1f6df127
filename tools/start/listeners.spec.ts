import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { listenersOf, listensEverywhere } from './listeners.ts';

describe('where the service listens', () => {
  it('is port 3000 of all addresses and 9090 of this machine alone, unless said otherwise', () => {
    const { api, management } = listenersOf({});

    expect(api).toMatchObject({ port: 3000, bindAddress: '0.0.0.0', origin: 'http://127.0.0.1:3000' });
    expect(management).toMatchObject({ port: 9090, bindAddress: '127.0.0.1', origin: 'http://127.0.0.1:9090' });
  });

  it('is what the variables say, each for its own listener', () => {
    const env = { PORT: '1', BIND_ADDRESS: '::1', MANAGEMENT_PORT: '65535', MANAGEMENT_BIND_ADDRESS: '127.0.0.2' };

    const { api, management } = listenersOf(env);

    expect(api.origin).toBe('http://[::1]:1');
    expect(management.origin).toBe('http://127.0.0.2:65535');
  });

  it.each([
    ['0.0.0.0', 'http://127.0.0.1:3000', true],
    ['::', 'http://127.0.0.1:3000', true],
    ['0:0:0:0:0:0:0:0', 'http://127.0.0.1:3000', true],
    ['127.0.0.1', 'http://127.0.0.1:3000', false],
    ['localhost', 'http://localhost:3000', false],
  ])('answers people on this machine: %s at %s', (address, origin, everywhere) => {
    const { api } = listenersOf({ BIND_ADDRESS: address });

    expect(api.origin).toBe(origin);
    expect(listensEverywhere(api)).toBe(everywhere);
  });

  it.each(['0', '65536', '80a', '-1', '1e3'])('is refused by name for the port %s', (text) => {
    expect(() => listenersOf({ MANAGEMENT_PORT: text })).toThrow(Refusal);
    expect(() => listenersOf({ MANAGEMENT_PORT: text })).toThrow('MANAGEMENT_PORT');
  });

  it.each(['a b', "'$(id)'", 'host:80', 'http://x', '999.1.1.1'])('is refused by name for the address %s', (text) => {
    expect(() => listenersOf({ BIND_ADDRESS: text })).toThrow('BIND_ADDRESS must be');
  });

  it('is refused when both are one', () => {
    expect(() => listenersOf({ PORT: '9090' })).toThrow('must differ');
  });
});
