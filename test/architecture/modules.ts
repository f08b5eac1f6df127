import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRootFile } from './container-files.js';
import { ROOT } from './survey.js';

/** The domain modules, by their folders. */
export const moduleNames = (): string[] =>
  globSync('libs/modules/*/index.ts', { cwd: ROOT })
    .map((file) => basename(dirname(file)))
    .sort();

/** The modules' own schemas: of those that keep something in Postgres. `gift-cards` keeps it in `gift_cards`. */
export const moduleSchemas = (): string[] =>
  globSync('libs/modules/*/adapters/postgres/migrations', { cwd: ROOT })
    .map((folder) => basename(join(folder, '../../..')).replaceAll('-', '_'))
    .sort();

/** The schemas of modules that are gone, which a later release is to drop. */
export const waitingSchemas = (): string[] =>
  globSync('apps/store/src/retired-migrations/waiting/*.ts', { cwd: ROOT })
    .flatMap((file) => [...readRootFile(file).matchAll(/DROP SCHEMA (\w+)/g)])
    .map(([, schema = '']) => schema)
    .sort();
