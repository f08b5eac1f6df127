import { isOurs, type ComposeService } from '../compose/compose-file.ts';
import { listenablePort, steadyPort } from '../embedded-postgres/free-port.ts';
import { Refusal } from '../process/refusal.ts';
import { suggestionFor } from '../start/ports.ts';
import { isPostgres, isStep, namesOf, type Model } from './model.ts';
import { HERE, programFor } from './programs.ts';

/** A port in the container, as `ports` of docker-compose.yml publishes it: that of the machine. */
export function publishedPort({ ports = [] }: ComposeService, port: number): number | null {
  const found = ports.map((text) => text.split(':').map(Number)).find((parts) => parts.at(-1) === port);
  return found?.at(-2) ?? null;
}

/** Which port of this machine is a container's, by the name of the process: `store-2` is the second container of `store`. */
export class Places {
  readonly #ports = new Map<string, number>();
  readonly #given = new Set<number>();

  at(name: string, port: number): number | null {
    return this.#ports.get(`${name}:${port}`) ?? null;
  }

  /** @throws Error for a port that nobody has given */
  portOf(name: string, port: number): number {
    const found = this.at(name, port);
    if (found === null) throw new Error(`Nothing is known of port ${port} of ${name}.`);
    return found;
  }

  give(name: string, port: number, local: number): void {
    this.#ports.set(`${name}:${port}`, local);
    this.#given.add(local);
  }

  /** The wished one where it is free, else any, unless it has one. @throws Refusal when there is none */
  async take(name: string, port: number, wished: number | null): Promise<void> {
    if (this.at(name, port) !== null) return;
    const free = wished === null ? null : await listenablePort(wished, HERE);
    this.give(name, port, free ?? (await steadyPort(this.#given)));
  }
}

const PORTS_OF_OURS = [3000, 9090];
const API = { service: 'balancer', port: 3000 };

/**
 * Where each container will listen: where docker-compose.yml publishes it, if nobody else is there, and any free port else.
 * Postgres chooses for itself.
 * @throws Refusal where the API's own port (`PORT`) is taken
 */
export async function placesOf({ services }: Model, env: NodeJS.ProcessEnv): Promise<Places> {
  const places = new Places();
  places.give(API.service, API.port, await apiPort(services[API.service] ?? {}, env));
  for (const [name, service] of Object.entries(services)) {
    const listeners = namesOf(name, service).flatMap((each) => portsIn(service).map((port) => ({ each, port })));
    for (const { each, port } of listeners) await places.take(each, port, publishedPort(service, port));
  }
  return places;
}

function portsIn(service: ComposeService): readonly number[] {
  if (isStep(service) || isPostgres(service)) return [];
  return isOurs(service) ? PORTS_OF_OURS : (programFor(service.image ?? '')?.ports ?? []);
}

async function apiPort(balancer: ComposeService, env: NodeJS.ProcessEnv): Promise<number> {
  const text = env['PORT']?.trim() || String(publishedPort(balancer, API.port));
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Refusal('PORT must be a port number from 1 to 65535.');
  await refuseTaken(port);
  return port;
}

/** Somebody else listens there: the address that people know must be the one that answers. */
async function refuseTaken(port: number): Promise<void> {
  if ((await listenablePort(port, HERE)) !== null) return;
  throw new Refusal(
    `Port ${port} (PORT) is in use by another program, or not allowed to this user.\n` +
      `Choose another: PORT=${suggestionFor(port)} npm run start:system`,
  );
}
