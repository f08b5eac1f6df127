import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import type { ModuleParts } from './module-parts.ts';

export const RETIRED = 'apps/store/src/retired-migrations';
export const WAITING = `${RETIRED}/waiting`;

/** What outlives the module: its migrations in their new place, and two that are written for its end. */
export interface Retirement {
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly written: readonly { readonly path: string; readonly text: string }[];
}

const timeOf = (file: string): number => Number(/^\d{13}/.exec(basename(file))?.[0] ?? 0);

/** A time stamp that is later than those of all migrations: they have to grow. */
export const nextTimestamp = (checkout: string, nowMs: number): number =>
  Math.max(
    nowMs,
    ...globSync(`{libs/**/migrations,${RETIRED}/{.,waiting}}/*.ts`, { cwd: checkout }).map((file) => timeOf(file) + 1),
  );

/** @throws Refusal when the migrations can't do without their module, or make no schema */
export function retirementOf(checkout: string, { name, migrations }: ModuleParts, nowMs: number): Retirement {
  const texts = migrations.map((file) => ({ file, text: readFileSync(join(checkout, file), 'utf8') }));
  const needs = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)]
      .map(([, specifier = '']) => specifier)
      .filter((specifier) => /^(?:\.|#(?!platform\/))/.test(specifier))
      .map((specifier) => `  ${file} imports ${specifier}`),
  );
  if (needs.length > 0) {
    throw new Refusal(`The migrations stay, and need what goes:\n${needs.join('\n')}\nWrite it out in them first.`);
  }
  const schemas = [
    ...new Set(
      texts.flatMap(({ text }) =>
        [...text.matchAll(/\bCREATE SCHEMA (?:IF NOT EXISTS )?(\w+)/g)].map(([, own]) => own),
      ),
    ),
  ];
  const [schema] = schemas;
  if (schema === undefined || schemas.length > 1) {
    throw new Refusal(`The migrations of ${name} make ${schemas.join(' and ') || 'no schema'}: one is expected.`);
  }
  const at = nextTimestamp(checkout, nowMs);
  const retire = `Retire${pascal(name)}${at}`;
  return {
    moved: migrations.map((from) => ({ from, to: `${RETIRED}/${basename(from)}` })),
    written: [
      { path: `${RETIRED}/${at}-retire-${name}.ts`, text: retiring(retire, schema) },
      { path: `${WAITING}/${at + 1}-drop-${name}.ts`, text: dropping(`Drop${pascal(name)}${at + 1}`, schema, retire) },
    ],
  };
}

const pascal = (kebab: string): string => kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const retiring = (
  name: string,
  schema: string,
): string => `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From here on no code asks for the schema ${schema}, whose module is gone; its rows stay. */
export class ${name} implements MigrationInterface {
  readonly name = '${name}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("COMMENT ON SCHEMA ${schema} IS 'retired: no code asks for it'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('COMMENT ON SCHEMA ${schema} IS NULL');
  }
}
`;

const dropping = (name: string, schema: string, since: string): string => `import type { QueryRunner } from 'typeorm';
import type { SchemaMigration } from '#platform/postgres';

/** Deletes what the module has kept. Code that still has the module does not know \`compatibleSince\`, and must not serve. */
export class ${name} implements SchemaMigration {
  readonly name = '${name}';
  readonly compatibleSince = '${since}';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA ${schema} CASCADE');
  }

  /** Nothing brings the rows back. */
  async down(): Promise<void> {}
}
`;
