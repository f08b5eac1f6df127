import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What is read of a service in docker-compose.yml; everything may be missing in a file that is wrong. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly args?: Readonly<Record<string, string>> };
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly networks?: readonly string[] | Readonly<Record<string, { readonly ipv4_address?: string } | null>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly stop_signal?: string;
  readonly stop_grace_period?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: {
      readonly limits?: { readonly cpus?: string; readonly memory?: string; readonly pids?: number };
    };
  };
}

interface ComposeNetwork {
  readonly internal?: boolean;
  readonly ipam?: { readonly config?: readonly { readonly subnet?: string; readonly ip_range?: string }[] };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file?: string }>>;
  readonly networks: Readonly<Record<string, ComposeNetwork>>;
  readonly volumes: Readonly<Record<string, object | null>>;
}

/** The file's own words: merge keys are resolved, variables are not. */
export const parseCompose = (text: string): ComposeFile => parse(text, { merge: true }) as ComposeFile;

export const readComposeIn = (checkout: string): ComposeFile =>
  parseCompose(readFileSync(join(checkout, 'docker-compose.yml'), 'utf8'));

/** The secrets that a service gets: the name in /run/secrets by the name in the file. */
export const secretsOf = ({ secrets = [] }: ComposeService): Readonly<Record<string, string>> =>
  Object.fromEntries(
    secrets.map((secret) => (typeof secret === 'string' ? [secret, secret] : [secret.source, secret.target])),
  );

export interface Mount {
  /** A path from the root of the project, or the name of a volume. */
  readonly source: string;
  /** In the container. */
  readonly target: string;
  readonly isFile: boolean;
  readonly isReadOnly: boolean;
}

/** What a service has of the project's files, and of volumes. */
export const mountsOf = ({ volumes = [] }: ComposeService): readonly Mount[] =>
  volumes.map((volume) => {
    const [source = '', target = '', mode] = volume.split(':');
    const isFile = source.startsWith('./');
    return { source: source.replace(/^\.\//, ''), target, isFile, isReadOnly: mode === 'ro' };
  });

const isList = (networks: NonNullable<ComposeService['networks']>): networks is readonly string[] =>
  Array.isArray(networks);

export const networksOf = ({ networks = [] }: ComposeService): readonly string[] =>
  isList(networks) ? networks : Object.keys(networks);

/** The address that a service has for itself in a network; null where it takes what is given. */
export const addressIn = (network: string, { networks = [] }: ComposeService): string | null =>
  isList(networks) ? null : (networks[network]?.ipv4_address ?? null);

/** Whether it runs the image that is built here. */
export const isOurs = ({ image = '' }: ComposeService): boolean => image.startsWith('mainstay-');

const INIT_FOLDER = '/docker-entrypoint-initdb.d/';

/** What the Postgres image runs when it makes its data: paths from the root, in the order of their names in there. */
export const initScripts = (service: ComposeService): readonly string[] =>
  mountsOf(service)
    .filter(({ target, isReadOnly }) => target.startsWith(INIT_FOLDER) && isReadOnly)
    .sort((one, other) => one.target.localeCompare(other.target))
    .map(({ source }) => source);
