import { delimiter } from 'node:path';
import { stat } from 'node:fs/promises';
import { Refusal } from '../process/refusal.ts';

/** What runs a service of docker-compose.yml where there is no Docker. */
export interface LocalProgram {
  /** How the name of the image begins. */
  readonly image: string;
  readonly command: string;
  readonly debianPackage: string;
  /** Where it listens in its container. */
  readonly ports: readonly number[];
  /** What says the same of this machine. A container has its ports, and its working folder, for itself. */
  options(portOf: (port: number) => number, folder: string): readonly string[];
}

/** All of it listens to this machine alone. */
export const HERE = '127.0.0.1';

export const PROGRAMS: readonly LocalProgram[] = [
  {
    image: 'redis:',
    command: 'redis-server',
    debianPackage: 'redis-server',
    ports: [6379],
    options: (portOf, folder) => ['--bind', HERE, '--port', String(portOf(6379)), '--dir', folder],
  },
  // Its address is in its configuration, which is translated.
  { image: 'nats:', command: 'nats-server', debianPackage: 'nats-server', ports: [4222, 8222], options: () => [] },
  // In the foreground, as the image has it; without a master process: who ends it ends all of it.
  { image: 'haproxy:', command: 'haproxy', debianPackage: 'haproxy', ports: [3000, 8404], options: () => ['-db'] },
  {
    image: 'prom/prometheus:',
    command: 'prometheus',
    debianPackage: 'prometheus',
    ports: [9090],
    options: (portOf) => [`--web.listen-address=${HERE}:${portOf(9090)}`],
  },
  {
    image: 'prom/alertmanager:',
    command: 'prometheus-alertmanager', // Debian's name for it
    debianPackage: 'prometheus-alertmanager',
    ports: [9093],
    // It is one, and looks for no others, which would take a port.
    options: (portOf) => [`--web.listen-address=${HERE}:${portOf(9093)}`, '--cluster.listen-address='],
  },
];

/** What no package of Debian's brings. The services make no traces then, as in a composed system without a collector. */
const ABSENT = ['grafana/grafana:', 'grafana/tempo:', 'otel/opentelemetry-collector-contrib:'];

export const isAbsent = (image: string): boolean => ABSENT.some((name) => image.startsWith(name));

/** Null for an image of ours, which Node runs, and for Postgres, which the project carries. */
export function programFor(image: string): LocalProgram | null {
  const found = PROGRAMS.find((program) => image.startsWith(program.image));
  if (found) return found;
  if (image.startsWith('mainstay-') || image.startsWith('postgres:')) return null;
  throw new Refusal(`No program is known here for the image ${image}: tools/start-system/programs.ts names them.`);
}

/** Debian puts servers where the PATH of a person doesn't look. */
export const programPath = (): string => [process.env['PATH'] ?? '', '/usr/sbin'].join(delimiter);

/** @throws Refusal that names the packages of what is not installed */
export async function refuseMissing(programs: readonly LocalProgram[]): Promise<void> {
  const missing: string[] = [];
  for (const { command, debianPackage } of programs) if (!(await isInstalled(command))) missing.push(debianPackage);
  if (missing.length === 0) return;
  throw new Refusal(`Not installed: ${missing.join(', ')}. On Debian: apt-get install ${missing.join(' ')}`);
}

/** Whether the command is found where servers are looked for. */
export async function isInstalled(command: string): Promise<boolean> {
  for (const folder of programPath().split(delimiter)) {
    const found = folder && (await stat(`${folder}/${command}`).catch(() => null));
    if (found && found.isFile() && (found.mode & 0o111) !== 0) return true;
  }
  return false;
}
