import fc from 'fast-check';

/** What ends the literal, the number or the statement that a text was glued into. */
const opening = fc.constantFrom("'", "''", '"', '\\', "\\'", "';", "')", "'))", '";', '0', '0)', '$$', "E'", '%', '`');
/** What somebody would then like to happen. */
const statement = fc.constantFrom(
  ' OR 1=1',
  ' AND 1=(SELECT 1 FROM pg_sleep(3))',
  ' UNION ALL SELECT NULL,version(),NULL',
  ' DELETE FROM catalog.products',
  ' DROP TABLE catalog.products CASCADE',
  " UPDATE catalog.products SET stock = 0, name = 'gone'",
  ' COPY (SELECT 1) TO PROGRAM $$id$$',
  " || (SELECT string_agg(name, '') FROM catalog.products)",
  ' RETURNING id',
  ' FROM pg_read_file($$/etc/passwd$$)',
  ' ORDER BY 100',
  ' $1 :name ?',
);
/** What makes the rest of the statement go away. */
const closing = fc.constantFrom('', '--', ' -- x', '/*', '#', ';--', " AND 'a'='a", ' LIMIT 1');

/** Printable, no longer than any text that the catalog takes, and no valid value of a field with a form. */
export const hostileText: fc.Arbitrary<string> = fc
  .tuple(opening, statement, closing)
  .map((parts) => parts.join('').trim());
