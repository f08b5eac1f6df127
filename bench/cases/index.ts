import { authenticated } from './authenticated.ts';
import { productById, productList } from './by-id.ts';
import { cached, cachedShared } from './cached.ts';
import type { CaseMaker } from './case.ts';
import { placeOrder } from './order.ts';
import { page } from './page.ts';
import { tiny, tinyShared } from './tiny.ts';
import { tracing } from './tracing.ts';

/** In the order in which they are measured and shown. */
export const CASES: readonly CaseMaker[] = [
  tiny,
  productById,
  productList,
  cached,
  page,
  placeOrder,
  authenticated,
  tracing,
  tinyShared,
  cachedShared,
];
