/** All that the service's role may write of this module's schema. */
export const WRITABLE_TABLES: readonly string[] = ['catalog.products', 'catalog.stock_adjustments'];
