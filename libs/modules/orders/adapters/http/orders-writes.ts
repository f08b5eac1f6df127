import type { NamedLimit } from '#platform/rate-limit';

/** Orders and cancellations of one customer together: twenty a second, which no person reaches and a till can live with. */
export const ORDERS_WRITES: NamedLimit = { name: 'orders-writes', max: 1_200, windowSeconds: 60 };
