// Writes what the documentation takes from the code, or checks that it is as written:
//   node tools/docs.ts --write | --check
// It needs the build, because Node strips types but does not run decorators.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const ROOT = join(import.meta.dirname, '..');

interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const built = (path: string): Promise<unknown> => import(pathToFileURL(join(ROOT, 'dist', path)).href);

/** `.env.example` and the configuration page, from the settings that the built store has. */
async function settingsReference(): Promise<readonly GeneratedFile[]> {
  const config = (await built('libs/platform/config/index.js')) as typeof import('#platform/config');
  return config.renderReference(config.describeSettings());
}

async function errorCatalogue(): Promise<GeneratedFile> {
  const kernel = (await built('libs/kernel/app-error.js')) as typeof import('#kernel/app-error');
  const errors = (await built('libs/platform/errors/index.js')) as typeof import('#platform/errors');
  return { path: 'docs/errors.md', content: errors.renderErrorCatalogue(kernel.errorCatalogue()) };
}

/** The document as the store serves it: the same composition, without a listener and without a database. */
async function openApi(): Promise<GeneratedFile> {
  const { store } = (await built(
    'apps/store/src/store.definition.js',
  )) as typeof import('../apps/store/src/store.definition.ts');
  const { createService } = (await built('libs/platform/bootstrap/index.js')) as typeof import('#platform/bootstrap');
  const { loadSettings } = (await built('libs/platform/config/index.js')) as typeof import('#platform/config');
  const { pino } = await import('pino');
  const settings = loadSettings({ NODE_ENV: 'test' });
  const { app, document } = await createService(store, settings, pino({ level: 'silent' }));
  const path = 'docs/openapi.json';
  const content = await format(JSON.stringify(document()), {
    ...(await resolveConfig(join(ROOT, path))),
    parser: 'json',
  });
  await app.close();
  return { path, content };
}

async function stale(files: readonly GeneratedFile[]): Promise<readonly GeneratedFile[]> {
  const checks = files.map(async (file) => {
    const present = await readFile(join(ROOT, file.path), 'utf8').catch(() => null);
    return present === file.content ? [] : [file];
  });
  return (await Promise.all(checks)).flat();
}

async function write({ path, content }: GeneratedFile): Promise<void> {
  await mkdir(dirname(join(ROOT, path)), { recursive: true });
  await writeFile(join(ROOT, path), content);
}

async function main(mode: string | undefined): Promise<number> {
  if (mode !== '--write' && mode !== '--check') {
    console.error('usage: node tools/docs.ts --write | --check');
    return 2;
  }
  await built('apps/store/src/store.module.js'); // declares all settings and errors that the store has
  const files = await stale([...(await settingsReference()), await errorCatalogue(), await openApi()]);
  if (mode === '--write') await Promise.all(files.map(write));
  for (const { path } of files) console.log(mode === '--write' ? `written: ${path}` : `stale: ${path} (npm run docs)`);
  return mode === '--check' && files.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2]);
