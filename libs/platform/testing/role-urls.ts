import { createHmac } from 'node:crypto';

const MIGRATOR = 'mainstay_migrator';
const SERVICE = 'mainstay_service';
export const ROLES = [MIGRATOR, SERVICE] as const;

export interface RoleUrls {
  /** As the role that reads and writes rows: what a service is given. */
  readonly serviceUrl: string;
  /** As the role that owns the schema: what a run of migrations is given. */
  readonly migratorUrl: string;
}

/** The same database as each of the two roles. `url` is the superuser's. */
export function roleUrls(url: string | URL): RoleUrls {
  const urlOf = (role: (typeof ROLES)[number]): string => {
    const own = new URL(url);
    own.username = role;
    own.password = passwordOf(role, new URL(url));
    return own.href;
  };
  return { serviceUrl: urlOf(SERVICE), migratorUrl: urlOf(MIGRATOR) };
}

/**
 * Derived from the superuser's as the embedded server does it, so that tests on a server which a developer uses as well
 * lock nobody out. URL-safe characters: nothing to escape.
 */
export function passwordOf(role: (typeof ROLES)[number], superuser: URL): string {
  return createHmac('sha256', decodeURIComponent(superuser.password)).update(role).digest('base64url');
}
