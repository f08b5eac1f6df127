import { isIPv4 } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { addressIn, mountsOf, readCompose, readRootFile } from './container-files.js';

describe('the replicas of docker-compose.yml', () => {
  const { services, networks } = readCompose();
  const { store, balancer, redis } = services;

  it('has them share a Redis, which is confined like its neighbours and whose password both sides have', () => {
    expect(store?.environment?.['REDIS_URL_FILE']).toBe('/run/secrets/redis_url');
    expect(store?.secrets).toContain('redis_url');
    expect(redis).toMatchObject({
      image: expect.stringMatching(/^redis:\d+\.\d+\.\d+-alpine$/),
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      secrets: ['redis_authorization'],
    });
    expect(mountsOf(redis ?? {}).map(({ source }) => source)).toEqual(['deploy/redis/redis.conf']);
    expect(readRootFile('deploy/redis/redis.conf')).toMatch(/^include \/run\/secrets\/redis_authorization$/m);
    expect(readRootFile('deploy/compose/create-secrets.sh')).toContain('shared=(redis_authorization redis_url)');
  });

  it('are two, with the limits of a service each, and none has a port of the machine', () => {
    expect(store?.deploy).toEqual({ replicas: 2, ...services['recommender']?.deploy });
    expect(store).not.toHaveProperty('ports');
  });

  it('has them believe the balancer, whose address nobody else gets', () => {
    const address = addressIn('edge', balancer ?? {}) ?? '';

    expect(isIPv4(address)).toBe(true);
    expect(store?.environment?.['TRUST_PROXY']).toBe(address);
    // Those that are handed out end with 127 at most.
    expect(networks['edge']?.ipam?.config?.[0]?.ip_range).toBe(address.replace(/\d+$/, '0/25'));
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
    for (const { target } of mountsOf(balancer ?? {})) expect(balancer?.command).toContain(target);
  });

  it('gives clients the one port, and its own page to this machine', () => {
    expect(balancer?.ports).toEqual(['3000:3000', '127.0.0.1:8404:8404']);
    expect(balancer?.environment).toEqual({ STORE_BIND: ':3000', STORE_OPERATIONS_BIND: ':8404' });
  });
});
