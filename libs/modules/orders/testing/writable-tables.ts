/** All that the service's role may write of this module's schema. */
export const WRITABLE_TABLES: readonly string[] = ['orders.order_lines', 'orders.orders'];
