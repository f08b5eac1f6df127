import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writtenMigrations, type WrittenMigration } from './migrations.js';
import { ROOT } from './survey.js';

/** Rules against what older code notices. A migration may break them when it says which code it can do that to. */
const CONTRACTS: ReadonlySet<string> = new Set([
  'adding-not-nullable-field',
  'adding-required-field',
  'ban-drop-column',
  'ban-drop-database',
  'ban-drop-not-null',
  'ban-drop-table',
  'changing-column-type',
  'renaming-column',
  'renaming-table',
  'contracting',
]);

/**
 * The same, where squawk sees nothing: what is dropped, renamed, moved, emptied, forbidden or tightened by other words, or
 * rewritten row by row, which is no migration's work at all; and what a DO block hides.
 */
const CONTRACTING =
  /\bDROP\b(?! INDEX)|\bRENAME\b|\bTRUNCATE\b|\bREVOKE\b|\bSET SCHEMA\b|^\s*(?:DO|UPDATE|DELETE|MERGE|LOCK)\b|^\s*ALTER TABLE[^;]*\bCHECK\b/i;

/** The migrator's session has set these, by DATABASE_LOCK_TIMEOUT_MS and DATABASE_MIGRATION_TIMEOUT_MS. */
const SESSION = "SET lock_timeout = '1500ms'; SET statement_timeout = '5s';";

const squawk = (file: string, { transactional }: Pick<WrittenMigration, 'transactional'>): string[] => {
  const { stdout, stderr } = spawnSync(
    join(ROOT, 'node_modules/.bin/squawk'),
    ['--reporter', 'json', ...(transactional ? ['--assume-in-transaction'] : []), file],
    { cwd: ROOT, encoding: 'utf8', timeout: 20_000 },
  );
  if (stderr !== '') throw new Error(stderr);
  return (JSON.parse(stdout) as { rule_name: string }[]).map(({ rule_name }) => rule_name);
};

describe('the migrations', () => {
  let folder: string;
  let migrations: readonly WrittenMigration[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'squawk-'));
    migrations = await writtenMigrations();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const faultsOf = ({ name, statements, ...migration }: WrittenMigration): string[] => {
    const file = join(folder, `${name}.sql`);
    writeFileSync(file, [SESSION, ...statements.map((statement) => `${statement};`)].join('\n'));
    const rules = squawk(file, migration);
    if (statements.some((statement) => CONTRACTING.test(statement))) rules.push('contracting');
    return migration.compatibleSince === undefined ? rules : rules.filter((rule) => !CONTRACTS.has(rule));
  };

  it('hold up no traffic, and take nothing away from older code without saying from which', () => {
    expect(migrations.length).toBeGreaterThan(10);
    const faults = migrations.map((migration) => [migration.name, faultsOf(migration)] as const);

    expect(faults.filter(([, rules]) => rules.length > 0)).toEqual([]);
  });

  it('name a migration that there is, where they say from which on code bears them', () => {
    const names = new Set(migrations.map(({ name }) => name));

    for (const { compatibleSince } of migrations) if (compatibleSince) expect(names).toContain(compatibleSince);
  });

  describe('and squawk, asked about one that is planted', () => {
    const planted = (sql: string, members: Partial<WrittenMigration> = {}): string[] =>
      faultsOf({ name: 'Planted', transactional: true, compatibleSince: undefined, statements: [sql], ...members });

    it.each([
      ['ban-drop-column', 'ALTER TABLE catalog.products DROP COLUMN name'],
      ['renaming-column', 'ALTER TABLE catalog.products RENAME COLUMN name TO title'],
      ['adding-required-field', 'ALTER TABLE catalog.products ADD COLUMN colour text NOT NULL'],
      ['require-concurrent-index-creation', 'CREATE INDEX products_colour_idx ON catalog.products (colour)'],
      ['constraint-missing-not-valid', 'ALTER TABLE catalog.products ADD CONSTRAINT c CHECK (stock < 9)'],
      ['ban-drop-not-null', 'ALTER TABLE catalog.products ALTER COLUMN name DROP NOT NULL'],
      ['contracting', 'DROP SCHEMA catalog CASCADE'],
      ['contracting', 'DROP VIEW catalog.bestsellers'],
      ['contracting', 'ALTER TABLE catalog.products ALTER COLUMN stock DROP DEFAULT'],
      ['contracting', 'ALTER TABLE catalog.products SET SCHEMA shop'],
      ['contracting', "ALTER TYPE catalog.status RENAME VALUE 'draft' TO 'new'"],
      ['contracting', 'ALTER TABLE catalog.products ADD CONSTRAINT c CHECK (stock < 9) NOT VALID'],
      ['contracting', 'REVOKE SELECT ON catalog.products FROM mainstay_service'],
      ['contracting', 'UPDATE catalog.products SET stock = 0'],
      ['contracting', 'DO $$ BEGIN ALTER TABLE catalog.products DROP COLUMN name; END $$'],
    ])('finds %s', (rule, sql) => {
      expect(planted(sql)).toContain(rule);
    });

    it('lets one contract that says from which code on', () => {
      const sql = 'ALTER TABLE catalog.products DROP COLUMN name';

      expect(planted(sql, { compatibleSince: 'StopReadingName1795800000000' })).toEqual([]);
    });
  });
});
