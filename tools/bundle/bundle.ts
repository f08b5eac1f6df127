import { cp, glob, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup, type RollupLog, type RollupOutput } from '@rollup/wasm-node';
import { Refusal } from '../process/refusal.ts';
import { buildFiles, keepPlaces } from './build-files.ts';

/** What is started, or found by its file: programs, what Node imports before them, and migrations. */
const ENTRIES = ['apps/*/src/*.js', 'libs/platform/tracing/telemetry.js', '**/[0-9]*-*.js'];
const NOT_STARTED = /\.(module|definition)\.js$/;

export interface Bundled {
  /** Of our own files, how many went in, and how many came out. */
  readonly before: number;
  readonly after: number;
}

/**
 * Puts a build's own files together, so that a start opens some tens instead of six hundred: the same programs and
 * migrations at the same paths, with what they share beside them. Packages are no part of it.
 * @param build the folder that `npm run build` writes
 * @param into is replaced
 * @throws Refusal when there is no build, or it can not be put together as it is
 */
export async function bundle(build: string, into: string): Promise<Bundled> {
  const entries = (await found(ENTRIES, build)).filter((path) => !NOT_STARTED.test(path));
  if (entries.length === 0) throw new Refusal(`There is no build in ${build}: npm run build`);
  const places = new Set<string>();
  const made = `${into}.new`;
  await rm(made, { recursive: true, force: true });
  const output = await written(entries, build, made, places).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'RollupError' ? refusal(error) : error;
  });
  for (const folder of places) await mkdir(join(made, folder), { recursive: true });
  for (const folder of await found(['**/assets'], build)) {
    await cp(join(build, folder), join(made, folder), { recursive: true });
  }
  await rm(into, { recursive: true, force: true });
  await rename(made, into);
  return counted(output);
}

async function written(entries: readonly string[], build: string, into: string, places: Set<string>) {
  const bundled = await rollup({
    input: Object.fromEntries(entries.map((path) => [path.slice(0, -'.js'.length), join(build, path)])),
    plugins: [buildFiles(build), keepPlaces(build, places)],
    preserveEntrySignatures: 'strict',
    onLog: refuse,
  });
  try {
    const { output } = await bundled.write({
      dir: into,
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: ({ name, isDynamicEntry }) => `shared/${isDynamicEntry ? name : 'common'}-[hash].js`,
      sourcemap: true,
      sourcemapExcludeSources: true,
      hoistTransitiveImports: false,
    });
    return output;
  } finally {
    await bundled.close();
  }
}

/** A cycle, or an import that nobody answers, may be a start that fails. */
function refuse(_level: string, { code, message }: RollupLog): void {
  if (code === 'THIS_IS_UNDEFINED') return; // the compiler's helpers look for others in it, and find none in a module either
  if (code === 'EMPTY_BUNDLE') return; // types alone
  throw refusal({ message });
}

const refusal = (cause: { readonly message: string }): Refusal =>
  new Refusal(`The build can not be put together: ${cause.message}`, { cause });

async function found(patterns: readonly string[], folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(patterns, { cwd: folder })) paths.push(path);
  return [...new Set(paths)].sort();
}

function counted(output: RollupOutput['output']): Bundled {
  const chunks = output.filter((each) => each.type === 'chunk');
  return { before: chunks.reduce((sum, { moduleIds }) => sum + moduleIds.length, 0), after: chunks.length };
}
