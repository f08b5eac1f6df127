import { requestBytes } from '../../support/request-bytes.js';
import type { Visit } from './visits.js';

/** What an asker may find again, and where: names that it made up, ids, and the values that the settings allow. */
export const ECHO = {
  path: 'echo-of-a-path',
  queryName: 'echo-of-a-query-name',
  fieldName: 'echo-of-a-field-name',
  allowedQuery: 'echo-of-an-allowed-query-value',
  requestId: 'echo-of-a-sane-request-id',
  productName: 'Echo of a product',
} as const;

export const echoes: readonly Visit[] = [
  [404, requestBytes({ path: `/${ECHO.path}`, headers: { 'x-request-id': ECHO.requestId } })],
  [400, requestBytes({ path: `/v1/products?${ECHO.queryName}=1&sort=${ECHO.allowedQuery}` })],
  [400, requestBytes({ method: 'POST', path: '/v1/products', body: `{"${ECHO.fieldName}":1}` })],
];
