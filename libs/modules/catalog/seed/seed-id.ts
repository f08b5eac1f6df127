import { stableId } from '#kernel/id';

/** The id of a seeded product, the same on every machine. Other modules' sample data name products by it. */
export const seedId = (sku: string): string => stableId(`catalog:${sku}`);
