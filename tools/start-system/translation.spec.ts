import { beforeEach, describe, expect, it } from '@jest/globals';
import { Places } from './places.ts';
import { translate, type Container } from './translation.ts';

const container: Container = {
  name: 'nats',
  folder: '/tmp/run/nats',
  service: {
    volumes: ['./deploy/nats/server.conf:/etc/nats/server.conf:ro', './rules:/etc/nats/rules:ro', 'nats-data:/data'],
    tmpfs: ['/var/tempo:uid=1'],
  },
};

describe('the words of a container, on this machine', () => {
  let places: Places;
  beforeEach(() => {
    places = new Places();
    places.give('nats', 4222, 15001);
    places.give('nats', 8222, 15002);
    places.give('postgres', 5432, 15003);
    places.give('recommender', 3000, 15004);
  });

  it.each([
    ['another service', 'http://recommender:3000/v1', 'http://127.0.0.1:15004/v1'],
    [
      'another, with a password',
      'scheme://role:0a1b:2@postgres:5432/store',
      'scheme://role:0a1b:2@127.0.0.1:15003/store',
    ],
    ['where it listens', 'listen: 0.0.0.0:4222', 'listen: 127.0.0.1:15001'],
    ['where it listens, shorter', ':4222', '127.0.0.1:15001'],
    ['where it is asked from within', 'http://127.0.0.1:8222/healthz', 'http://127.0.0.1:15002/healthz'],
    ['a service that is not here', 'tempo:4317', 'tempo:4317'],
    ['a port that nobody has', 'postgres:80 127.0.0.1:3000', 'postgres:80 127.0.0.1:3000'],
    ['another address', '10.0.0.1:4222', '10.0.0.1:4222'],
    ['a file of the project', '--config=/etc/nats/server.conf', '--config=/tmp/run/nats/etc/nats/server.conf'],
    ['a file in a folder', '/etc/nats/rules/a.yml', '/tmp/run/nats/etc/nats/rules/a.yml'],
    ['a secret', '/run/secrets/nats_url', '/tmp/run/nats/run/secrets/nats_url'],
    ['data', '--store_dir /data', '--store_dir /tmp/run/nats/data'],
    ['memory', '/var/tempo/wal', '/tmp/run/nats/var/tempo/wal'],
    ['an address with such a path', 'http://elsewhere/data/1', 'http://elsewhere/data/1'],
    [
      'a path that only looks alike',
      '/etc/data /database data/ ../../run/secrets/x',
      '/etc/data /database data/ ../../run/secrets/x',
    ],
  ])('translates %s', (_what, text, translated) => {
    expect(translate(text, container, places)).toBe(translated);
  });
});
