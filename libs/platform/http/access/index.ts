export { AccessGate } from './access-gate.js';
export { clientAddressOf } from './client-address.js';
export { CurrentUser } from './current-user.js';
export {
  ACCESS_EXTENSION,
  Public,
  RateLimit,
  RequiresScope,
  type RouteAccess,
  Unlimited,
  UNLIMITED_EXTENSION,
} from './route-access.js';
export { RouteTable, type RouteEntry } from './route-table.js';
