import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../system/support/spawn-service.js';
import { ReleaseFolder } from '../release-folder.js';
import { type Sabotage, sabotaged } from './sabotage.js';

/** A build of this checkout with one file of it as the saboteur left it. */
export async function sabotagedBuild(sabotage: Sabotage): Promise<ReleaseFolder> {
  const release = await ReleaseFolder.made('sabotage');
  await cp(join(ROOT, 'dist'), release.dist, { recursive: true });
  const source = await readFile(join(ROOT, sabotage.file), 'utf8');
  await writeFile(join(release.dist, sabotage.file.replace(/\.ts$/, '.js')), compiled(sabotaged(source, sabotage)));
  return release;
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
