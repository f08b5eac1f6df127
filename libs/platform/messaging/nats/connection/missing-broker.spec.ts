import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { natsSettings } from '../testing/broker.scene.js';
import { BrokerExpectation } from './broker-expectation.js';
import { MissingBroker } from './missing-broker.js';
import { NatsConnection } from './nats-connection.js';
import { NatsHealth } from './nats-health.js';

function aService({ url, isExpected }: { readonly url?: string; readonly isExpected: boolean }) {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const settings = natsSettings(url);
  const missing = new MissingBroker(settings, new BrokerExpectation(isExpected));
  return { missing, health: new NatsHealth(settings, new NatsConnection(settings), missing), warn };
}

describe('a service without a broker', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('that is told of events by another service says that it hears none, and still serves', async () => {
    const { missing, health, warn } = aService({ isExpected: true });
    missing.start();

    expect(warn).toHaveBeenCalledWith(expect.stringContaining('NATS_URL'));
    expect(await health.details()).toEqual({ status: 'degraded', reason: 'no broker: NATS_URL is not set' });
    expect(await health.readiness()).toEqual({ status: 'up' });
  });

  it('that tells itself of events is well', async () => {
    const { missing, health, warn } = aService({ isExpected: false });
    missing.start();

    expect(warn).not.toHaveBeenCalled();
    expect(await health.details()).toEqual({ status: 'up', events: 'in-process' });
  });
});

describe('a service with a broker', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('misses none, however that is', async () => {
    const { missing, health, warn } = aService({ url: 'nats://127.0.0.1:1', isExpected: true });
    missing.start();

    expect(warn).not.toHaveBeenCalled();
    expect(await health.details()).toEqual({ status: 'down', reason: 'not connected' });
  });
});
