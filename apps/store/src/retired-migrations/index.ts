import { PostgresModule } from '#platform/postgres';

/**
 * What modules that are gone have done to the store's database. A database remembers it, and a service that does not know
 * what its database remembers must not serve on it: so the migrations of a module outlive it, here, where no module owns
 * them. `npm run remove:module` brings them, with one that says from when on no code asks for the module's schema; the one
 * that drops the schema lies in `waiting/`, which nobody reads, until a later release takes it
 * (docs/guides/removing-a-module.md).
 */
export const RETIRED_MIGRATIONS = PostgresModule.forFeature({ entities: [], migrations: import.meta.dirname });
