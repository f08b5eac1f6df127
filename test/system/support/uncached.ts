/**
 * Settings of a store whose products are read from Postgres each time: where that is the subject, and where several stores
 * share a database but no Redis, which would hide from each what the others change until its own cache ends.
 */
export const UNCACHED = { CATALOG_CACHE_TTL_SECONDS: '0' } as const;
