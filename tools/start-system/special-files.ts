import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { namesOf, type Model } from './model.ts';
import type { Places } from './places.ts';
import { HERE } from './programs.ts';

/** Where the replicas are: what Docker's name server tells in a composed system. */
export interface Replica {
  /** From 1. */
  readonly number: number;
  readonly port: number;
  readonly managementPort: number;
}

/** The `backend store` that deploy/haproxy/haproxy.cfg leaves to another file. */
export const haproxyServers = (replicas: readonly Replica[]): string =>
  [
    'backend store from store',
    ...replicas.map(
      ({ number, port, managementPort }) => `  server store-${number} ${HERE}:${port} check port ${managementPort}`,
    ),
    '',
  ].join('\n');

interface PrometheusFile {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
  }[];
}

/** Names that are asked of a name server become the addresses that it would tell. */
export function prometheusWith(
  addressesOf: (service: string, port: number) => readonly string[],
  text: string,
): string {
  const { scrape_configs: jobs, ...rest } = parse(text) as PrometheusFile;
  const resolved = jobs.map(({ dns_sd_configs: lookups = [], ...job }) => ({
    ...job,
    static_configs: lookups.map(({ names, port }) => ({ targets: names.flatMap((name) => addressesOf(name, port)) })),
  }));
  return stringify({ ...rest, scrape_configs: resolved });
}

/** Alertmanager reads an address from a file from 0.26 on; Debian 12 has 0.25, which is told the address itself. */
export const alertmanagerWithAddresses = (text: string): string =>
  text.replaceAll(
    /\burl_file: (\S+)/g,
    (_, path: string) => `url: ${JSON.stringify(readFileSync(path, 'utf8').trim())}`,
  );

/** The files of docker-compose.yml that name what is otherwise here, by their path from the root. */
export function rewritesFor({ services }: Model, places: Places): Readonly<Record<string, (text: string) => string>> {
  const all = (name: string): readonly string[] => namesOf(name, services[name] ?? {});
  const addressesOf = (name: string, port: number): string[] =>
    all(name).map((each) => `${HERE}:${places.portOf(each, port)}`);
  const replicas = all('store').map((each, index) => ({
    number: index + 1,
    port: places.portOf(each, 3000),
    managementPort: places.portOf(each, 9090),
  }));
  return {
    'deploy/haproxy/servers.compose.cfg': () => haproxyServers(replicas),
    'deploy/observability/prometheus/prometheus.yml': (text) => prometheusWith(addressesOf, text),
    'deploy/observability/alertmanager/alertmanager.yml': alertmanagerWithAddresses,
  };
}
