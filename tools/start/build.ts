import { createHash } from 'node:crypto';
import { glob, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../process/lock-file.ts';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { writingIn } from '../process/writable-folder.ts';

/** A full build takes about 10 s on two slow cores. */
const BUILD_TIMEOUT_MS = 300_000;
const SOURCES = ['apps/**/*.ts', 'libs/**/*.ts', 'apps/**/*.json', 'libs/**/*.json', '*.json'];

export type App = 'store' | 'recommender';

/** What a finished build was made from. */
interface Stamp {
  readonly fingerprint: string;
  readonly files: readonly string[];
}

/** Builds the store, which is all that `npm start` runs. */
export const buildStore = (checkout: string, signal?: AbortSignal): Promise<'unchanged' | 'compiled'> =>
  buildApp(checkout, 'store', signal);

/**
 * Builds an app where it isn't built from exactly these sources already.
 * @throws Refusal with the compiler's words, or when the checkout takes no writes
 */
export async function buildApp(checkout: string, app: App, signal?: AbortSignal): Promise<'unchanged' | 'compiled'> {
  const lock = { purpose: 'building', timeoutMs: BUILD_TIMEOUT_MS, signal };
  return withLock(join(checkout, '.data', 'build.lock'), lock, async () => {
    // Before the build: what changes meanwhile is built next time.
    const current = await stampOf(checkout);
    const last = await readStamp(stampPath(checkout, app));
    const built = await exists(builtEntry(checkout, app));
    if (built && last?.fingerprint === current.fingerprint) return 'unchanged';
    // From here on the output is half old, half new, should the build not end well.
    await writingIn(join(checkout, 'dist'), () => writeFile(stampPath(checkout, app), 'null'));
    // The compiler's incremental state says "nothing to write" even when the output was deleted.
    if (!built) await rm(join(checkout, `dist/.tsbuildinfo-${app}`), { force: true });
    await removeOrphanedOutput(checkout, last?.files ?? [], new Set(current.files));
    await compile(checkout, app, signal);
    await writeFile(stampPath(checkout, app), JSON.stringify(current));
    return 'compiled';
  });
}

/** Names, sizes and modification times of all sources: reading the contents would cost more than it tells. */
export async function stampOf(checkout: string): Promise<Stamp> {
  const files: string[] = [];
  for await (const file of glob(SOURCES, { cwd: checkout })) if (!file.endsWith('.spec.ts')) files.push(file);
  files.sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = await stat(join(checkout, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return { fingerprint: hash.digest('hex'), files };
}

async function compile(checkout: string, app: App, signal: AbortSignal | undefined): Promise<void> {
  const nest = join(checkout, 'node_modules/@nestjs/cli/bin/nest.js');
  const options = { cwd: checkout, timeoutMs: BUILD_TIMEOUT_MS, signal };
  const outcome = await runProgram(process.execPath, [nest, 'build', app], options);
  if (outcome.code !== 0) throw new Refusal(`The build failed:\n${outcome.output}`);
}

/** Migrations are found by reading their folder: one whose source is gone must not be found any more. */
async function removeOrphanedOutput(checkout: string, before: readonly string[], now: ReadonlySet<string>) {
  for (const file of before) {
    if (now.has(file) || !file.endsWith('.ts')) continue;
    const output = join(checkout, 'dist', file.slice(0, -'.ts'.length));
    for (const extension of ['.js', '.js.map', '.d.ts']) await rm(output + extension, { force: true });
  }
}

/** Where the last build of an app says what it was made from. */
export const stampPath = (checkout: string, app: App): string => join(checkout, `dist/.built-${app}.json`);

async function readStamp(path: string): Promise<Stamp | null> {
  const text = await readFile(path, 'utf8').catch(() => 'null');
  return JSON.parse(text) as Stamp | null;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function builtEntry(checkout: string, app: App = 'store'): string {
  return join(checkout, `dist/apps/${app}/src/main.js`);
}

export function builtProgram(checkout: string, name: 'migrate' | 'seed'): string {
  return join(dirname(builtEntry(checkout)), `${name}.js`);
}
