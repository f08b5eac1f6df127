import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { steadyPort } from '#platform/testing';
import { ROOT } from '../spawn-service.js';
import { BalancerProcess } from './balancer-process.js';
import { until, type BalancedRequest, type LoadBalancer, type LoadBalancerKind, type Slot } from './load-balancer.js';

const CONFIGURATION = join(ROOT, 'deploy/nginx');

/** The parameters are those of the file under `deploy/`: only the addresses are the test's. */
async function serversOf(slots: readonly Slot[]): Promise<string> {
  const example = await readFile(join(CONFIGURATION, 'servers.conf'), 'utf8');
  const parameters = /^server \S+ (.*;)$/m.exec(example)?.[1];
  if (parameters === undefined) throw new Error('There is no server in servers.conf.');
  return slots.map((slot) => `server ${addressOf(slot)} ${parameters}\n`).join('');
}

const addressOf = ({ port }: Slot): string => `127.0.0.1:${port}`;

/** Which replicas were tried, in this order, and what became of each. */
const attemptsOf = ({ replicas = '', replicaStatus = '' }: BalancedRequest): readonly (readonly [string, string])[] => {
  const statuses = replicaStatus.split(', ');
  return replicas.split(', ').map((address, index) => [address, statuses[index] ?? ''] as const);
};

export const NGINX: LoadBalancerKind = {
  command: 'nginx',
  debianPackage: 'nginx',

  async start(slots: readonly Slot[]): Promise<LoadBalancer> {
    const url = `http://127.0.0.1:${await steadyPort()}`;
    const nginx = await BalancerProcess.start(async (folder) => {
      const configuration = join(folder, 'nginx.conf');
      await copyFile(join(CONFIGURATION, 'nginx.conf'), configuration);
      await writeFile(join(folder, 'listen.conf'), `listen ${new URL(url).host};\n`);
      await writeFile(join(folder, 'servers.conf'), await serversOf(slots));
      return { command: NGINX.command, args: ['-p', folder, '-c', configuration], url: `${url}/health` };
    });
    /** It tells nobody what it thinks of a replica: one has to ask something, and look what became of it, and of others. */
    const tried = async (slot: Slot, fits: (status: string) => boolean): Promise<void> => {
      const from = (await nginx.requests()).length;
      await until(`${addressOf(slot)} is tried, and gives what was waited for`, async () => {
        await (await fetch(`${url}/v1/products?limit=1`)).arrayBuffer();
        const attempts = (await nginx.requests()).slice(from).flatMap(attemptsOf);
        return attempts.some(([address, status]) => address === addressOf(slot) && fits(status));
      });
    };
    return {
      url,
      requests: () => nginx.requests(),
      sendsTo: (slot) => tried(slot, (status) => status === '200'),
      hasLeft: (slot) => tried(slot, (status) => /^50[24]$/.test(status)),
      stop: () => nginx.stop(),
    };
  },
};
