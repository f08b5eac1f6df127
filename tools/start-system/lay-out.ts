import { chmod, chown, cp, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mountsOf, secretsOf, type ComposeFile, type Mount } from '../compose/compose-file.ts';
import type { PostgresAccount } from '../embedded-postgres/account.ts';
import type { Places } from './places.ts';
import { type Container, pathsIn, translate } from './translation.ts';

const PRIVATE = 0o700;

export interface Layout {
  readonly checkout: string;
  readonly composeFile: ComposeFile;
  readonly places: Places;
  /** What a secret holds, by its name in the file. */
  readonly secrets: ReadonlyMap<string, string>;
  /** For files that a translation of words is not enough for, by their path from the root. */
  readonly rewrites: Readonly<Record<string, (text: string) => string>>;
}

/** Makes the folder of a container: its secrets, the project's files that it mounts, and a place for its data. */
export async function layOut(container: Container, layout: Layout): Promise<void> {
  const { service, folder } = container;
  await mkdir(folder, { mode: PRIVATE });
  for (const path of pathsIn(service)) await mkdir(dirname(join(folder, path)), { recursive: true });
  await laySecrets(container, layout);
  for (const mount of mountsOf(service)) await layMount(mount, container, layout);
}

async function laySecrets(container: Container, { places, secrets }: Layout): Promise<void> {
  const folder = join(container.folder, 'run/secrets');
  await mkdir(folder, { recursive: true });
  for (const [source, target] of Object.entries(secretsOf(container.service))) {
    const text = secrets.get(source);
    if (text === undefined) throw new Error(`Nobody has drawn the secret ${source}.`);
    await writeFile(join(folder, target), translate(text, container, places));
  }
}

async function layMount({ source, target, isFile }: Mount, container: Container, layout: Layout): Promise<void> {
  const [from, to] = [join(layout.checkout, source), join(container.folder, target)];
  if (!isFile) await mkdir(to, { recursive: true });
  else if ((await stat(from)).isDirectory()) await cp(from, to, { recursive: true });
  else {
    const text = translate(await readFile(from, 'utf8'), container, layout.places);
    await writeFile(to, layout.rewrites[source]?.(text) ?? text);
  }
}

/** Postgres runs as somebody else where we are root: what lies there is theirs to read then, and nobody else's. */
export async function giveTo(account: PostgresAccount, folder: string): Promise<void> {
  if (account === null) return;
  const below = await readdir(folder, { recursive: true });
  // chown takes the unsigned form of an id, see account.ts.
  for (const path of ['.', ...below]) await chown(join(folder, path), account.uid >>> 0, account.gid >>> 0);
  await chmod(folder, PRIVATE);
}
