import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parseCompose, type ComposeFile } from '../../tools/compose/compose-file.ts';
import { composeFaults } from './compose-faults.js';
import { networksOf, readCompose, readRootFile } from './container-files.js';

/** The Compose Specification's own schema, as a linter of compose files ships it. */
const schema = JSON.parse(readRootFile('node_modules/dclint/schemas/compose.schema.json')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
addFormats.default(ajv);
delete schema['$schema']; // draft-07, which Ajv knows by another address
const validate = ajv.compile(schema);

const schemaFaults = (file: ComposeFile): string[] => {
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** The file with the first of these words replaced, as a slip of the hand would. */
const misspelt = (words: string | RegExp, others: string): ComposeFile => {
  const text = readRootFile('docker-compose.yml');
  const changed = text.replace(words, others);
  if (changed === text) throw new Error(`Not in docker-compose.yml: ${String(words)}`);
  return parseCompose(changed);
};

describe('docker-compose.yml', () => {
  it('is what the Compose Specification describes', () => {
    expect(schemaFaults(readCompose())).toEqual([]);
  });

  it.each<[string, string | RegExp, string]>([
    ['a key of a service', 'stop_signal:', 'stop_sigal:'],
    ['a condition', 'service_completed_successfully', 'service_completed'],
    ['a key of a health check', 'start_period:', 'start_delay:'],
    ['a kind of a limit', "cpus: '1'", "cpu: '1'"],
    ['a number of replicas', 'replicas: 2', 'replicas: [2]'],
    ['what is a switch', 'read_only: true', 'read_only: [yes]'],
    ['a key of the whole', /^networks:/m, 'network:'],
    ['a list', 'cap_drop: [ALL]', 'cap_drop: ALL'],
  ])('would not be with a slip in %s', (_what, words, others) => {
    expect(schemaFaults(misspelt(words, others))).not.toEqual([]);
  });

  it('leads nowhere that there is not, keeps an order that can be kept, and sets what is read', () => {
    expect(composeFaults(readCompose())).toEqual([]);
  });

  it.each<[string | RegExp, string, string]>([
    ['nats: { condition', 'balancer: { condition', 'store: waits for itself, by way of others'],
    ['store: { condition', 'shop: { condition', 'balancer: waits for shop, which there is not'],
    [
      'postgres: { condition: service_healthy',
      'recommender-migrate: { condition: service_healthy',
      'waits for the health of',
    ],
    ['nats: { condition: service_started', 'nats: { condition: service_completed_successfully', 'which goes on'],
    [
      /tempo: \{ condition: service_started/,
      'tempo: { condition: service_healthy',
      'the health of tempo, which has no check',
    ],
    ['networks: [edge, data, observability]', 'networks: [observability]', "waits for redis, which it can't reach"],
    ['networks: [edge, data, observability]', 'networks: [edges, data]', 'the network edges, which there is not'],
    [/(image: redis.*\n.*\n.*\n) {4}networks: \[data\]\n/, '$1', 'redis: is in the default network'],
    ['./deploy/redis/redis.conf:', './deploy/redis/redis.cfg:', 'mounts deploy/redis/redis.cfg, which there is not'],
    ['redis.conf:ro', 'redis.conf', 'redis: may write to deploy/redis/redis.conf'],
    ['nats-data:/data', 'nats-state:/data', 'keeps its data in nats-state'],
    [
      'secrets: [redis_authorization]',
      'secrets: [redis_password]',
      'has the secret redis_password, which there is not',
    ],
    [
      'REDIS_URL_FILE: /run/secrets/redis_url',
      'REDIS_URL_FILE: /run/secrets/redis',
      'reads the secret redis, which it',
    ],
    ['TRUST_PROXY:', 'TRUSTED_PROXY:', 'store: sets TRUSTED_PROXY, which no service reads'],
    ["'127.0.0.1:8404:8404'", "'8404:8404'", 'balancer: opens 8404:8404 to other machines'],
    ["'127.0.0.1:9091:9090'", "'3000:3000'", 'prometheus: opens 3000:3000 to other machines'],
  ])('would be caught with %s as %s', (words, others, fault) => {
    expect(composeFaults(misspelt(words, others))).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });

  it('lets nobody of `data` out who is in no other network, and nobody but stores meet the balancer', () => {
    const { services, networks } = readCompose();
    const inNetwork = (network: string): string[] =>
      Object.keys(services).filter((name) => networksOf(services[name] ?? {}).includes(network));

    expect(Object.entries(networks).map(([name, network]) => [name, network.internal === true])).toEqual([
      ['edge', false],
      ['data', true],
      ['observability', false],
    ]);
    expect(inNetwork('edge')).toEqual(['store', 'balancer']);
    expect(inNetwork('data').filter((name) => inNetwork('observability').includes(name))).toEqual([
      'store',
      'recommender',
    ]);
  });
});
