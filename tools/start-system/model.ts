import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readComposeIn, type ComposeFile, type ComposeService } from '../compose/compose-file.ts';
import { isAbsent } from './programs.ts';

/** The services of docker-compose.yml that are started here, and those that can't be. */
export interface Model {
  readonly composeFile: ComposeFile;
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Names. */
  readonly absent: readonly string[];
}

/** What to add for each app: the name of the service whose database gets it, and of the step that it waits for. */
const SEEDED = { store: 'migrate', recommender: 'recommender-migrate' } as const;

/**
 * The composed system, with the sample data besides: production refuses that, and an empty shop shows nothing. Steps of
 * their own bring it, as the role of the service.
 */
export async function modelOf(checkout: string): Promise<Model> {
  const composeFile = readComposeIn(checkout);
  const names = Object.keys(composeFile.services);
  const absent = names.filter((name) => isAbsent(composeFile.services[name]?.image ?? ''));
  const services: Record<string, ComposeService> = {};
  for (const name of names) {
    const service = composeFile.services[name];
    if (service && !absent.includes(name)) services[name] = withoutAbsent(await withCommand(checkout, service), absent);
  }
  for (const [app, migration] of Object.entries(SEEDED)) addSeed(services, app, migration);
  return { composeFile, services, absent };
}

function withoutAbsent(service: ComposeService, absent: readonly string[]): ComposeService {
  const needs = Object.entries(service.depends_on ?? {}).filter(([name]) => !absent.includes(name));
  return { ...service, depends_on: Object.fromEntries(needs) };
}

/** A service of ours without a command runs that of the image. */
async function withCommand(checkout: string, service: ComposeService): Promise<ComposeService> {
  if (service.command || !service.image?.startsWith('mainstay-')) return service;
  const [, command = ''] = /^CMD (\[.*\])$/m.exec(await readFile(join(checkout, 'Dockerfile'), 'utf8')) ?? [];
  return { ...service, command: JSON.parse(command) as string[] };
}

function addSeed(services: Record<string, ComposeService>, app: string, migration: string): void {
  const service = services[app];
  if (!service) return;
  const { DATABASE_URL_FILE = '' } = service.environment ?? {};
  services[`${app}-seed`] = {
    ...service,
    command: ['node', '--enable-source-maps', `dist/apps/${app}/src/seed.js`],
    // Not production; and unlike in development, the checkout's .env is not read.
    environment: { NODE_ENV: 'test', DATABASE_URL_FILE },
    depends_on: { [migration]: { condition: 'service_completed_successfully' } },
    deploy: {},
    restart: 'no',
  };
  const seeded = { [`${app}-seed`]: { condition: 'service_completed_successfully' } };
  services[app] = { ...service, depends_on: { ...service.depends_on, ...seeded } };
}

/** `store-1` and `store-2`, where there are two; else the name of the service. */
export function namesOf(name: string, { deploy }: ComposeService): readonly string[] {
  const replicas = deploy?.replicas ?? 1;
  return replicas === 1 ? [name] : Array.from({ length: replicas }, (_, index) => `${name}-${index + 1}`);
}

/** A step runs to its end, and serves nothing. */
export const isStep = ({ restart }: ComposeService): boolean => restart === 'no';
export const isPostgres = ({ image = '' }: ComposeService): boolean => image.startsWith('postgres:');
