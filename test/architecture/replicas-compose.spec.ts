import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readCompose, readRootFile, type ComposeService } from './container-files.js';
import { ROOT } from './survey.js';

interface Service extends ComposeService {
  readonly networks?: { readonly default?: { readonly ipv4_address?: string } };
  readonly stop_signal?: string;
  readonly deploy?: NonNullable<ComposeService['deploy']> & { readonly replicas?: number };
}
interface Override {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: { readonly default: { readonly ipam: { readonly config: readonly { ip_range: string }[] } } };
}

describe('docker-compose.replicas.yml', () => {
  const { services, networks } = readCompose('docker-compose.replicas.yml') as unknown as Override;
  const { store, balancer, redis } = services;

  it('changes services that docker-compose.yml has, and adds the balancer and Redis alone', () => {
    expect(Object.keys(services).filter((name) => !(name in readCompose().services))).toEqual(['redis', 'balancer']);
  });

  it('has them share a Redis, which is confined like its neighbours and whose password both sides have', () => {
    expect(store?.environment?.['REDIS_URL_FILE']).toBe('/run/secrets/redis_url');
    expect(store?.secrets).toEqual(['redis_url']);
    expect(redis).toMatchObject({
      image: expect.stringMatching(/^redis:\d+\.\d+\.\d+-alpine$/),
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      secrets: ['redis_authorization'],
    });
    expect(redis?.ports).toBeUndefined();
    expect(redis?.volumes?.map((volume) => volume.split(':')[0])).toEqual(['./deploy/redis/redis.conf']);
    expect(readRootFile('deploy/redis/redis.conf')).toMatch(/^include \/run\/secrets\/redis_authorization$/m);
    expect(readRootFile('deploy/compose/create-secrets.sh')).toContain('shared=(redis_authorization redis_url)');
  });

  it('starts three stores, none of which has a port of the machine', () => {
    expect(store?.deploy?.replicas).toBe(3);
    expect(readRootFile('docker-compose.replicas.yml')).toMatch(/^ {4}ports: !reset \[\]$/m);
  });

  it('has them believe the balancer, whose address nobody else gets', () => {
    const address = balancer?.networks?.default?.ipv4_address ?? '';

    expect(isIPv4(address)).toBe(true);
    expect(store?.environment?.['TRUST_PROXY']).toBe(address);
    // Those that are handed out end with 127 at most.
    expect(networks.default.ipam.config[0]?.ip_range).toBe(address.replace(/\d+$/, '0/25'));
    expect(Number(address.split('.')[3])).toBeGreaterThan(127);
  });

  it('confines the balancer like its neighbours, with the configuration under deploy/', () => {
    expect(balancer).toMatchObject({
      image: expect.stringMatching(/^haproxy:\d+\.\d+\.\d+-alpine$/),
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      stop_signal: 'SIGUSR1',
    });
    expect(balancer?.deploy?.resources?.limits).toEqual({ cpus: '1', memory: '256M', pids: 64 });
    for (const volume of balancer?.volumes ?? []) {
      const [source = '', target = '', mode] = volume.split(':');
      expect(existsSync(resolve(ROOT, source))).toBe(true);
      expect(balancer?.command).toContain(target);
      expect(mode).toBe('ro');
    }
  });

  it('gives clients the one port, and its own page to this machine', () => {
    expect(balancer?.ports).toEqual(['8080:8080', '127.0.0.1:8404:8404']);
    expect(balancer?.environment).toEqual({ STORE_BIND: ':8080', STORE_OPERATIONS_BIND: ':8404' });
  });
});
