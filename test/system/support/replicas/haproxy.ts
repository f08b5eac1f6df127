import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { steadyPort } from '#platform/testing';
import { haproxyServers } from '../../../../tools/start-system/special-files.ts';
import { ROOT } from '../spawn-service.js';
import { BalancerProcess } from './balancer-process.js';
import { until, type LoadBalancer, type LoadBalancerKind, type Slot } from './load-balancer.js';

const CONFIGURATION = join(ROOT, 'deploy/haproxy/haproxy.cfg');

export const HAPROXY: LoadBalancerKind = {
  command: 'haproxy',
  debianPackage: 'haproxy',

  async start(slots: readonly Slot[]): Promise<LoadBalancer> {
    const [port, operationsPort] = [await steadyPort(), await steadyPort()];
    const operations = `http://127.0.0.1:${operationsPort}`;
    const haproxy = await BalancerProcess.start(async (folder) => {
      const servers = join(folder, 'servers.cfg');
      await writeFile(servers, haproxyServers(slots));
      return {
        command: HAPROXY.command,
        args: ['-db', '-f', CONFIGURATION, '-f', servers],
        env: { STORE_BIND: `127.0.0.1:${port}`, STORE_OPERATIONS_BIND: `127.0.0.1:${operationsPort}` },
        url: `${operations}/health`,
      };
    });
    const statusOf = async ({ number }: Slot): Promise<string> => {
      const [head = '', ...rows] = (await (await fetch(`${operations}/stats;csv`)).text()).split('\n');
      const column = head.split(',').indexOf('status');
      const row = rows
        .map((line) => line.split(','))
        .find(([proxy, server]) => proxy === 'store' && server === `store-${number}`);
      return row?.[column] ?? 'absent';
    };
    return {
      url: `http://127.0.0.1:${port}`,
      requests: () => haproxy.requests(),
      // "UP 1/2" is about to be down.
      sendsTo: (slot) => until(`store-${slot.number} is up`, async () => (await statusOf(slot)) === 'UP'),
      hasLeft: (slot) => until(`store-${slot.number} is down`, async () => /^DOWN/.test(await statusOf(slot))),
      stop: () => haproxy.stop(),
    };
  },
};
