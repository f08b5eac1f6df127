export {
  CurrentUser,
  Public,
  RateLimit,
  RequiresScope,
  Unlimited,
  type RouteAccess,
  type RouteEntry,
} from './access/index.js';
export { IfMatch, notModified, versionTag, type VersionCondition } from './conditional/index.js';
export { createPublicServer, type PublicServer } from './edge/fastify.js';
export { NO_SCHEMAS } from './edge/no-schemas.js';
export { RequestPipeline } from './edge/request-pipeline.js';
export {
  ResponseObserver,
  ROUTE_UNMATCHED,
  STATUS_CLIENT_CLOSED,
  type ResponseOutcome,
} from './edge/response-observer.js';
export {
  ArrayField,
  AtLeastOneField,
  BooleanField,
  CurrencyField,
  EnumField,
  IntegerField,
  MoneyRequest,
  MoneyResponse,
  ObjectField,
  QueryIntegerField,
  SlugField,
  TextField,
  TimestampField,
  UuidField,
  UuidParam,
} from './fields/index.js';
export { REQUEST_BUCKETS } from './http-metrics.js';
export { HttpModule } from './http.module.js';
export { extendRouteConfig, RequestTimeout } from './route-config.js';
export { SheddingSettings } from './shedding/shedding.settings.js';
export { HttpSettings } from './http.settings.js';
export { Answers, buildDocument, DocsSettings, Problems, serveDocs, type ApiDescription } from './openapi/index.js';
