import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Import } from './plants.js';

/** Packages of the planted house, by the section of its package.json that declares them. */
const PACKAGES = {
  dependencies: ['@nestjs/common', 'shipped-package'],
  devDependencies: ['dev-package'],
  optionalDependencies: ['optional-package'],
  none: ['undeclared-package'],
};

export type ImportStyle = 'import' | 'import type';

/** A throw-away tree with the layout, and the aliases, of the real one. */
export interface PlantedHouse {
  readonly path: string;
  demolish(): Promise<void>;
}

/**
 * Writes every file that `imports` names, and the empty `leaves`, into a new temporary folder.
 * @param realRoot the repository, whose package.json lends its aliases
 */
export async function buildHouse(
  realRoot: string,
  imports: readonly Import[],
  leaves: readonly string[],
  style: ImportStyle,
): Promise<PlantedHouse> {
  const path = await mkdtemp(join(tmpdir(), 'planted-house-'));
  const sources = new Map(leaves.map((file) => [file, 'export interface It {}\n']));
  for (const one of imports) {
    const before = sources.get(one.file) ?? 'export interface It {}\n';
    sources.set(one.file, `${before}${style} { It as It${before.length} } from '${one.imports}';\n`);
  }
  sources.set('package.json', await manifest(realRoot));
  for (const name of Object.values(PACKAGES).flat()) {
    sources.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    sources.set(`node_modules/${name}/index.js`, 'exports.It = 1;\n');
  }
  await Promise.all([...sources].map(([file, source]) => write(join(path, file), source)));
  return { path, demolish: () => rm(path, { recursive: true, force: true }) };
}

async function manifest(realRoot: string): Promise<string> {
  const real = JSON.parse(await readFile(join(realRoot, 'package.json'), 'utf8')) as { imports: unknown };
  const declare = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return JSON.stringify({
    name: 'planted-house',
    type: 'module',
    imports: real.imports,
    dependencies: declare(PACKAGES.dependencies),
    devDependencies: declare(PACKAGES.devDependencies),
    optionalDependencies: declare(PACKAGES.optionalDependencies),
  });
}

async function write(path: string, source: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, source);
}
