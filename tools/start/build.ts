import { createHash } from 'node:crypto';
import { glob, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../process/lock-file.ts';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { writingIn } from '../process/writable-folder.ts';

/** A full build takes about 10 s on two slow cores. */
const BUILD_TIMEOUT_MS = 300_000;
const ENTRY = 'dist/apps/store/src/main.js';
const INCREMENTAL_STATE = 'dist/.tsbuildinfo-store';
const STAMP = 'dist/.built.json';
const SOURCES = ['apps/**/*.ts', 'libs/**/*.ts', 'apps/**/*.json', 'libs/**/*.json', '*.json'];

/** What a finished build was made from. */
interface Stamp {
  readonly fingerprint: string;
  readonly files: readonly string[];
}

/**
 * Builds the store where it isn't built from exactly these sources already.
 * @throws Refusal with the compiler's words, or when the checkout takes no writes
 */
export async function buildStore(checkout: string, signal?: AbortSignal): Promise<'unchanged' | 'compiled'> {
  const lock = { purpose: 'building', timeoutMs: BUILD_TIMEOUT_MS, signal };
  return withLock(join(checkout, '.data', 'build.lock'), lock, async () => {
    // Before the build: what changes meanwhile is built next time.
    const current = await stampOf(checkout);
    const last = await readStamp(checkout);
    const built = await exists(join(checkout, ENTRY));
    if (built && last?.fingerprint === current.fingerprint) return 'unchanged';
    // From here on the output is half old, half new, should the build not end well.
    await writingIn(join(checkout, 'dist'), () => writeFile(join(checkout, STAMP), 'null'));
    // The compiler's incremental state says "nothing to write" even when the output was deleted.
    if (!built) await rm(join(checkout, INCREMENTAL_STATE), { force: true });
    await removeOrphanedOutput(checkout, last?.files ?? [], new Set(current.files));
    await compile(checkout, signal);
    await writeFile(join(checkout, STAMP), JSON.stringify(current));
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

async function compile(checkout: string, signal: AbortSignal | undefined): Promise<void> {
  const nest = join(checkout, 'node_modules/@nestjs/cli/bin/nest.js');
  const options = { cwd: checkout, timeoutMs: BUILD_TIMEOUT_MS, signal };
  const outcome = await runProgram(process.execPath, [nest, 'build', 'store'], options);
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

async function readStamp(checkout: string): Promise<Stamp | null> {
  const text = await readFile(join(checkout, STAMP), 'utf8').catch(() => 'null');
  return JSON.parse(text) as Stamp | null;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function builtEntry(checkout: string): string {
  return join(checkout, ENTRY);
}

export function builtProgram(checkout: string, name: 'migrate' | 'seed'): string {
  return join(checkout, dirname(ENTRY), `${name}.js`);
}
