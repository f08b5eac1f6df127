import type { NamedLimit } from '#platform/rate-limit';

/** All changes of one caller together: twenty a second, which no person reaches and an import can live with. */
export const CATALOG_WRITES: NamedLimit = { name: 'catalog-writes', max: 1_200, windowSeconds: 60 };
