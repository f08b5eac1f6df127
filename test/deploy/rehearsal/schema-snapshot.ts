import { withConnection } from '#platform/testing';

const SCHEMAS = `nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`;
const OF_A_RELATION = `pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE ${SCHEMAS}`;

/**
 * Of what `pg_dump -s` writes down, all that our migrations make: a server of the npm package comes without that program, and
 * another version's refuses.
 */
const SNAPSHOT = `
  SELECT format('schema %s %s %s', nspname, nspowner::regrole, nspacl) AS line FROM pg_namespace WHERE ${SCHEMAS}
  UNION ALL
  SELECT format('relation %s %s %s %s %s %s', oid::regclass, relkind, relowner::regrole, relacl, reloptions, relpersistence)
  FROM (SELECT pg_class.* FROM ${OF_A_RELATION}) AS relations
  UNION ALL
  SELECT format('column %s.%s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid), attacl)
  FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (SELECT pg_class.oid FROM ${OF_A_RELATION})
  UNION ALL
  SELECT format('constraint %s %s %s', conname, conrelid::regclass, pg_get_constraintdef(pg_constraint.oid))
  FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace WHERE ${SCHEMAS}
  UNION ALL
  SELECT format('index %s', pg_get_indexdef(indexrelid)) FROM pg_index
  WHERE indrelid IN (SELECT pg_class.oid FROM ${OF_A_RELATION})
  UNION ALL
  SELECT format('function %s %s', proacl, pg_get_functiondef(pg_proc.oid))
  FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE prokind IN ('f', 'p') AND ${SCHEMAS}
  UNION ALL
  SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
  ORDER BY 1`;

/** Schemas, relations, columns, constraints, indexes, functions and triggers, with owners, rights and definitions. */
export function schemaSnapshot(databaseUrl: string): Promise<string[]> {
  return withConnection(databaseUrl, async (client) =>
    (await client.query<{ line: string }>(SNAPSHOT)).rows.map(({ line }) => line),
  );
}
