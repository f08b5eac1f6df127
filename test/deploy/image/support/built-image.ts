import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../../../tools/process/run-program.ts';
import { readRootFile } from '../../../architecture/container-files.js';
import { ROOT } from '../../../system/support/spawn-service.js';
import type { Buildah } from './buildah.js';
import { listArchive, type ArchiveEntry } from './archive-entries.js';

/** What Docker's form of an image says of how it is to be run. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[] | null;
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly ExposedPorts: Readonly<Record<string, object>>;
  readonly Labels: Readonly<Record<string, string>>;
  /** Times in nanoseconds. */
  readonly Healthcheck: { readonly Test: readonly string[]; readonly Interval: number; readonly Timeout: number };
}

export interface BuiltImage {
  /** What it was built with. */
  readonly args: Readonly<Record<string, string>>;
  readonly config: ImageConfig;
  /** What lies in its layers, by path without a slash in front. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /** Where its layers are unpacked. */
  readonly root: string;
}

const NAME = 'localhost/mainstay-store:proof';

/** Builds the Dockerfile with these build arguments, on the base that is here. */
export async function buildImage(buildah: Buildah, args: Readonly<Record<string, string>>): Promise<BuiltImage> {
  const build = Object.entries(args).map(([name, value]) => `--build-arg=${name}=${value}`);
  const options = [
    ...['--pull-never', '--quiet'],
    '--format=docker', // an OCI image has no place for a HEALTHCHECK
    `--ulimit=nofile=${await openFilesMax()}`, // buildah's own 1,024 are too few for npm on a busy machine
    `--file=${await dockerfileWithoutDigests(buildah.folder)}`,
  ];
  await buildah.run('bud', ...options, ...npmMounts(), ...build, '--tag', NAME, ROOT);
  const pushed = join(buildah.folder, 'pushed');
  await buildah.run('push', '--quiet', '--disable-compression', NAME, `dir:${pushed}`);
  return { args, ...(await unpack(pushed, join(buildah.folder, 'root'))) };
}

/** As it is, save that the base goes by its name alone: a digest is that of the official image, which no other has. */
async function dockerfileWithoutDigests(folder: string): Promise<string> {
  const path = join(folder, 'Dockerfile');
  await writeFile(path, readRootFile('Dockerfile').replaceAll(/^(FROM \S+)@sha256:[0-9a-f]{64}/gm, '$1'));
  return path;
}

/** How many files a process of this account may have open: no other limit may be set without being root. */
async function openFilesMax(): Promise<string> {
  const [, max = '1024'] = /^Max open files +\S+ +(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8')) ?? [];
  return max;
}

/**
 * The user's own npm settings, which may name a registry and hold a token, and npm's cache: the build reads them from
 * outside of the image.
 */
function npmMounts(): readonly string[] {
  const { npm_config_userconfig: own, npm_config_globalconfig: all, npm_config_cache: cache } = process.env;
  const mounts = [
    [own, '/root/.npmrc', 'ro'],
    [all, '/usr/local/etc/npmrc', 'ro'],
    [cache, '/root/.npm', 'rw'],
  ];
  return mounts
    .filter(([from]) => from !== undefined && existsSync(from))
    .map((mount) => `--volume=${mount.join(':')}`);
}

async function unpack(pushed: string, root: string): Promise<Omit<BuiltImage, 'args'>> {
  interface Blob {
    readonly digest: string;
  }
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(pushed, name), 'utf8'));
  const blob = ({ digest }: Blob): string => digest.replace(/^sha256:/, '');
  const manifest = (await read('manifest.json')) as { config: Blob; layers: readonly Blob[] };
  const { config } = (await read(blob(manifest.config))) as { config: ImageConfig };
  const entries = new Map<string, ArchiveEntry>();
  await mkdir(root);
  for (const layer of manifest.layers) {
    const archive = join(pushed, blob(layer));
    for (const entry of await listArchive(archive)) entries.set(entry.path, entry);
    const args = ['--extract', '--file', archive, '--directory', root];
    const { code, output } = await runProgram('tar', args, { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`A layer could not be unpacked: ${output}`);
  }
  const deleted = [...entries.keys()].filter((path) => /(^|\/)\.wh\./.test(path));
  if (deleted.length > 0) throw new Error(`A layer hides what another one ships: ${deleted.join(', ')}`);
  return { config, entries, root };
}
