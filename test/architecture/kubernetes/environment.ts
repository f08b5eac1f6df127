import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSettings, loadSettings, type LoadedSettings } from '#platform/config';
import { containerOf, oneOf, type Manifest, type PodTemplate } from './manifests.js';

type Environment = Readonly<Record<string, string>>;

/** The variables that the container of a pod gets, those of its ConfigMaps among them. Later ones win, as in a pod. */
export function environmentOf(pod: PodTemplate, manifests: readonly Manifest[]): Environment {
  const { env = [], envFrom = [] } = containerOf(pod);
  const entries = envFrom.flatMap(({ configMapRef }) => {
    return Object.entries(oneOf('ConfigMap', manifests, configMapRef?.name ?? '').data ?? {});
  });
  return Object.fromEntries([...entries, ...env.map(({ name, value = '' }) => [name, value] as const)]);
}

export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** The files that a pod gets out of Secrets, by their paths in the container. */
export function secretFilesOf(pod: PodTemplate): ReadonlyMap<string, SecretKey> {
  const mounts = new Map(containerOf(pod).volumeMounts?.map(({ name, mountPath }) => [name, mountPath]));
  return new Map(
    (pod.spec.volumes ?? []).flatMap(({ name, projected }) =>
      (projected?.sources ?? []).flatMap(({ secret }) =>
        (secret?.items ?? []).map(({ key, path }): [string, SecretKey] => [
          join(mounts.get(name) ?? `(not mounted: ${name})`, path),
          { secret: secret?.name ?? '', key },
        ]),
      ),
    ),
  );
}

const settings = () => describeSettings().flatMap((section) => section.settings);

/** Variables that are no setting of what has been imported so far, nor the file of a secret one. */
export function unknownVariables(env: Environment): string[] {
  const known = settings().flatMap(({ variable, secret }) => (secret ? [variable, `${variable}_FILE`] : [variable]));
  return Object.keys(env).filter((name) => !known.includes(name));
}

/** Variables that hold a secret, rather than the path to it. */
export const secretsInPlainSight = (env: Environment): string[] =>
  settings().flatMap(({ variable, secret }) => (secret && variable in env ? [variable] : []));

/** Variables that name a file which the pod does not have. */
export const pathsToNothing = (env: Environment, pod: PodTemplate): string[] =>
  Object.entries(env).flatMap(([name, path]) =>
    name.endsWith('_FILE') && !secretFilesOf(pod).has(path) ? [name] : [],
  );

/**
 * The settings as the service would read them in the pod: by its own validation, with each secret's example in its file.
 * @throws ConfigurationInvalid when the service would refuse to start
 */
export function settingsIn(env: Environment, only?: Parameters<typeof loadSettings>[1]): LoadedSettings {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  try {
    const entries = Object.entries(env).map(([name, value]) => {
      if (!name.endsWith('_FILE')) return [name, value] as const;
      const path = join(folder, name);
      const setting = settings().find(({ variable }) => `${variable}_FILE` === name);
      writeFileSync(path, `${setting?.example ?? ''}\n`);
      return [name, path] as const;
    });
    return loadSettings(Object.fromEntries(entries), only);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
