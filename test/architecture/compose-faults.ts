import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  isOurs,
  mountsOf,
  networksOf,
  readRootFile,
  secretsOf,
  type ComposeFile,
  type ComposeService,
} from './container-files.js';
import { ROOT } from './survey.js';

const settings = new Set(
  [...readRootFile('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name),
);

/** Our image brings a check of its own, which `disable` takes away. */
const isChecked = (service: ComposeService): boolean =>
  !service.healthcheck?.disable && (service.healthcheck?.test !== undefined || isOurs(service));

/** What a schema can't see: names that lead nowhere, an order that nobody can keep, settings that nobody reads. */
export function composeFaults(file: ComposeFile): string[] {
  return Object.entries(file.services).flatMap(([name, service]) =>
    [
      ...(needsItself(name, file) ? ['waits for itself, by way of others'] : []),
      ...orderFaults(service, file),
      ...networkFaults(service, file),
      ...mountFaults(service, file),
      ...secretFaults(service, file),
      ...settingFaults(service),
      ...portFaults(service),
    ].map((fault) => `${name}: ${fault}`),
  );
}

function needsItself(name: string, { services }: ComposeFile): boolean {
  const seen = new Set<string>();
  const open = Object.keys(services[name]?.depends_on ?? {});
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...Object.keys(services[next]?.depends_on ?? {}));
  }
  return seen.has(name);
}

function orderFaults({ depends_on: needs = {} }: ComposeService, { services }: ComposeFile): string[] {
  return Object.entries(needs).flatMap(([name, { condition }]) => {
    const needed = services[name];
    if (needed === undefined) return [`waits for ${name}, which there is not`];
    if (condition === 'service_healthy' && !isChecked(needed))
      return [`waits for the health of ${name}, which has no check`];
    const ends = needed.restart === 'no';
    if (condition === 'service_completed_successfully')
      return ends ? [] : [`waits for the end of ${name}, which goes on`];
    return ends ? [`waits for ${name} to serve, which ends`] : [];
  });
}

function networkFaults(service: ComposeService, file: ComposeFile): string[] {
  const own = networksOf(service);
  const apart = Object.keys(service.depends_on ?? {}).filter(
    (name) => !networksOf(file.services[name] ?? {}).some((network) => own.includes(network)),
  );
  return [
    ...(own.length === 0 ? ['is in the default network, with everybody'] : []),
    ...own.filter((name) => !(name in file.networks)).map((name) => `is in the network ${name}, which there is not`),
    // A step and what waits for its end have nothing to say to each other.
    ...apart
      .filter((name) => file.services[name]?.restart !== 'no')
      .map((name) => `waits for ${name}, which it can't reach`),
  ];
}

function mountFaults(service: ComposeService, { volumes }: ComposeFile): string[] {
  return mountsOf(service).flatMap(({ source, isFile, isReadOnly }) => {
    if (!isFile) return source in volumes ? [] : [`keeps its data in ${source}, which there is not`];
    if (!existsSync(join(ROOT, source))) return [`mounts ${source}, which there is not`];
    return isReadOnly ? [] : [`may write to ${source}`];
  });
}

function secretFaults(service: ComposeService, { secrets }: ComposeFile): string[] {
  const mounted = Object.values(secretsOf(service));
  const read = Object.values(service.environment ?? {}).flatMap(
    (value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? [],
  );
  return [
    ...Object.keys(secretsOf(service))
      .filter((name) => !(name in secrets))
      .map((name) => `has the secret ${name}, which there is not`),
    ...read.filter((name) => !mounted.includes(name)).map((name) => `reads the secret ${name}, which it has not`),
  ];
}

function settingFaults(service: ComposeService): string[] {
  if (!isOurs(service)) return [];
  return Object.keys(service.environment ?? {})
    .filter((name) => !settings.has(name) && !settings.has(name.replace(/_FILE$/, '')))
    .map((name) => `sets ${name}, which no service reads`);
}

/** The one port that is open to all is the balancer's. */
function portFaults({ image = '', ports = [] }: ComposeService): string[] {
  const isBalancer = image.startsWith('haproxy:');
  return ports
    .filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port) && !(isBalancer && port === '3000:3000'))
    .map((port) => `opens ${port} to other machines`);
}
