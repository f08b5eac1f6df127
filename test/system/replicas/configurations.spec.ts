import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWith, programPath } from '#platform/testing';
import { HAPROXY, NGINX } from '../support/replicas/index.js';
import { ROOT } from '../support/spawn-service.js';

const run = async (command: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(command, [...args], { env: { PATH: programPath(), ...env } });
  return stdout + stderr;
};

describeWith(HAPROXY, 'deploy/haproxy', () => {
  const folder = join(ROOT, 'deploy/haproxy');
  const env = { STORE_BIND: ':8080', STORE_OPERATIONS_BIND: '127.0.0.1:8404' };

  it('is valid as it lies there, with the replicas of docker-compose.yml, and nothing in it is warned of', async () => {
    const files = ['haproxy.cfg', 'servers.compose.cfg'].flatMap((name) => ['-f', join(folder, name)]);

    expect(await run('haproxy', ['-c', '-dW', ...files], env)).toMatch(/^Configuration file is valid$/m);
  });
});

describeWith(NGINX, 'deploy/nginx', () => {
  it('is valid as it lies there, and nothing in it is warned of', async () => {
    const prefix = await mkdtemp(join(tmpdir(), 'nginx-'));
    await cp(join(ROOT, 'deploy/nginx'), prefix, { recursive: true });
    // It opens /dev/stdout anew, which Node's pipes, being sockets, do not allow.
    const command = `exec nginx -t -p ${prefix} -c ${join(prefix, 'nginx.conf')} >/dev/null`;
    const said = await run('/bin/sh', ['-c', command]);
    await rm(prefix, { recursive: true });

    expect(said).toMatch(/test is successful/);
    expect(said).not.toMatch(/\[(warn|error|emerg)\]/);
  });
});
