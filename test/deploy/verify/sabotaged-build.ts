import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../system/support/spawn-service.js';
import type { Sabotage } from './sabotage.js';

/** A build of this checkout with one file of it as the saboteur left it. */
export class SabotagedBuild {
  private constructor(private readonly root: string) {}

  static async of(sabotage: Sabotage): Promise<SabotagedBuild> {
    const root = await mkdtemp(join(tmpdir(), 'mainstay-sabotage-'));
    for (const each of ['dist', 'package.json']) await cp(join(ROOT, each), join(root, each), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    const source = await readFile(join(ROOT, sabotage.file), 'utf8');
    await writeFile(join(root, 'dist', sabotage.file.replace(/\.ts$/, '.js')), compiled(sabotaged(source, sabotage)));
    return new SabotagedBuild(root);
  }

  get dist(): string {
    return join(this.root, 'dist');
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

/** @throws Error when an edit does not fit the source any more: then it would sabotage nothing */
function sabotaged(source: string, { file, edits }: Sabotage): string {
  return edits.reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`${file} has this ${parts.length - 1} times, and not once: ${from}`);
    return parts.join(to);
  }, source);
}

/** As the build does it, but for this one file. */
function compiled(text: string): string {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, noEmit: false };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
