import type { BadInput } from './bad-input.js';
import { largeBodies, mediaTypes, unreadableBodies } from './bodies.js';
import { fields } from './fields.js';
import { orders } from './orders.js';
import { paths, queries } from './queries.js';
import { brokenHttp, preconditions, routes } from './requests.js';

export { CANARY, LONG_NAME, NO_PRODUCT, type BadInput } from './bad-input.js';
export { HUGE_BODY } from './bodies.js';

/** Every bad input, by what is wrong with it. */
export const badInputs: Readonly<Record<string, readonly BadInput[]>> = {
  'a body that can not be read': unreadableBodies,
  'a body that is too large': largeBodies,
  'a body of another type': mediaTypes,
  'a field that is not valid': fields,
  'an order that is not valid': orders,
  'a query that is not valid': queries,
  'a path that is not valid': paths,
  'a precondition that is not met': preconditions,
  'a route that is not there': routes,
  'broken HTTP': brokenHttp,
};
