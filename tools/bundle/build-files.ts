import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { Plugin } from '@rollup/wasm-node';

/** The aliases of `package.json`, within the build. */
const ALIAS = /^#(kernel|platform|modules)\/(.+)$/;

/** Our own files as the build has them, each with its source map; whatever else is imported stays where npm has put it. */
export function buildFiles(build: string): Plugin {
  return {
    name: 'build-files',
    resolveId(imported, importer) {
      const [, library, path] = ALIAS.exec(imported) ?? [];
      if (library && path)
        return join(build, 'libs', library, library === 'kernel' ? `${path}.js` : `${path}/index.js`);
      if (imported.startsWith('.') && importer) return resolve(dirname(importer), imported);
      return importer ? { id: imported, external: true } : imported;
    },
    load(path) {
      const map = `${path}.map`;
      return { code: readFileSync(path, 'utf8'), map: existsSync(map) ? readFileSync(map, 'utf8') : null };
    },
  };
}

/**
 * What finds something by its own place (migrations, the operations page) is in a file of another folder now: the folder
 * that it was in has the same path in the bundle.
 * @param places takes each of these folders, relative to the build
 */
export function keepPlaces(build: string, places: Set<string>): Plugin {
  return {
    name: 'places',
    resolveImportMeta(property, { moduleId, chunkId }) {
      if (property !== 'dirname') return null;
      const folder = relative(build, dirname(moduleId)).split(sep).join('/');
      places.add(folder);
      return `(import.meta.dirname + ${JSON.stringify(`/${posix.relative(posix.dirname(chunkId), folder)}`)})`;
    },
  };
}
