import { describe, expect, it } from '@jest/globals';
import { ConfigurationInvalid, loadSettings } from '#platform/config';
import { DatabaseSettings } from '#platform/postgres';
import { NatsSettings } from './nats.settings.js';

const load = (env: Readonly<Record<string, string>>): NatsSettings =>
  loadSettings({ NODE_ENV: 'test', ...env }, [NatsSettings]).get(NatsSettings);

const credentials = (name: string): string => {
  const url = new URL('nats://host');
  [url.username, url.password] = ['store', name];
  return url.href;
};

describe('NatsSettings', () => {
  it('knows no broker unless told', () => {
    expect(load({})).toMatchObject({ stream: 'mainstay', consumerConcurrency: 4, streamReplicas: 1 });
    expect(load({}).urls).toBeUndefined();
  });

  it('reads several servers, and shows them to nobody who prints the settings', () => {
    const settings = load({ NATS_URL: `${credentials('quiet')}, tls://two:4222` });

    expect(settings.urls).toEqual([credentials('quiet'), 'tls://two:4222']);
    expect(JSON.stringify(settings)).not.toContain('quiet');
  });

  it.each([
    ['NATS_URL', 'http://one:4222'],
    ['NATS_URL', `${credentials('one')},${credentials('another')}`],
    ['NATS_STREAM', 'main stay'],
    ['NATS_STREAM_REPLICAS', '2'],
    ['NATS_DUPLICATE_WINDOW_SECONDS', '7200'],
  ])('refuses %s=%s', (variable, value) => {
    const env = { NATS_STREAM_MAX_AGE_HOURS: '1', [variable]: value };

    expect(() => load(env)).toThrow(ConfigurationInvalid);
    expect(() => load(env)).toThrow(variable);
  });

  describe('beside the pool of the database', () => {
    const beside = (env: Readonly<Record<string, string>>) =>
      loadSettings({ NODE_ENV: 'test', DATABASE_POOL_MAX: '4', ...env }, [NatsSettings, DatabaseSettings]);

    it('refuses consumers that would leave no connection to requests', () => {
      const env = { NATS_URL: 'nats://one:4222', NATS_CONSUMER_CONCURRENCY: '4' };

      expect(() => beside(env)).toThrow('NATS_CONSUMER_CONCURRENCY must be less than DATABASE_POOL_MAX');
    });

    it('takes those that leave one', () => {
      const env = { NATS_URL: 'nats://one:4222', NATS_CONSUMER_CONCURRENCY: '3' };

      expect(beside(env).get(NatsSettings).consumerConcurrency).toBe(3);
    });

    it('says nothing where no broker is: nobody consumes from it', () => {
      expect(beside({}).get(NatsSettings).urls).toBeUndefined();
    });
  });
});
