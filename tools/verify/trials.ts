import type { AnyTrial } from './trial/trial.ts';
import { HEADERS } from './trials/access/headers.ts';
import { KEY_FILE } from './trials/access/key-file.ts';
import { LEAST_PRIVILEGE } from './trials/access/least-privilege.ts';
import { OWNERS } from './trials/access/owners.ts';
import { ROUTES } from './trials/access/routes.ts';
import { SHARED_LIMIT } from './trials/access/shared-limit.ts';
import { SLOW_CLIENT } from './trials/access/slow-client.ts';
import { TOKENS } from './trials/access/tokens.ts';
import { AGREED_DOCUMENT } from './trials/contract/agreed-document.ts';
import { CONDITIONAL_READS } from './trials/contract/conditional-reads.ts';
import { CONFIGURATION } from './trials/contract/configuration.ts';
import { CURSORS } from './trials/contract/cursors.ts';
import { DECLARED_ANSWERS } from './trials/contract/declared-answers.ts';
import { LISTS } from './trials/contract/lists.ts';
import { PRECONDITIONS } from './trials/contract/preconditions.ts';
import { REPEATED_CREATION } from './trials/contract/repeated-creation.ts';
import { SECRET_FILES } from './trials/contract/secret-files.ts';
import { ABANDONED_CALL } from './trials/faults/abandoned-call.ts';
import { BREAKER } from './trials/faults/breaker.ts';
import { BROKER_GONE } from './trials/faults/broker-gone.ts';
import { BULKHEAD } from './trials/faults/bulkhead.ts';
import { CRASH } from './trials/faults/crash.ts';
import { DATABASE_ABSENT } from './trials/faults/database-absent.ts';
import { DATABASE_GONE } from './trials/faults/database-gone.ts';
import { DATABASE_SILENT } from './trials/faults/database-silent.ts';
import { DEADLINE } from './trials/faults/deadline.ts';
import { DEPARTED_CLIENT } from './trials/faults/departed-client.ts';
import { INSIDES } from './trials/faults/insides.ts';
import { LADDER } from './trials/faults/ladder.ts';
import { OVERLOAD } from './trials/faults/overload.ts';
import { REDIS_GONE } from './trials/faults/redis-gone.ts';
import { RETRY_BUDGET } from './trials/faults/retry-budget.ts';
import { SHEDDING } from './trials/faults/shedding.ts';
import { BODIES } from './trials/input/bodies.ts';
import { FIELDS } from './trials/input/fields.ts';
import { PARAMETERS } from './trials/input/parameters.ts';
import { DRAIN } from './trials/lifecycle/drain.ts';
import { PROBES } from './trials/lifecycle/probes.ts';
import { SHUTDOWN_BOUND } from './trials/lifecycle/shutdown-bound.ts';
import { START } from './trials/lifecycle/start.ts';
import { UNKNOWN_SCHEMA } from './trials/lifecycle/unknown-schema.ts';
import { COUNTED } from './trials/observation/counted.ts';
import { COUNTED_REFUSALS } from './trials/observation/counted-refusals.ts';
import { ERROR_CATALOGUE } from './trials/observation/error-catalogue.ts';
import { OPERATIONS_PAGE } from './trials/observation/operations-page.ts';
import { REQUEST_LINES } from './trials/observation/request-lines.ts';
import { ROUTE_METRICS } from './trials/observation/route-metrics.ts';
import { SECRETS } from './trials/observation/secrets.ts';
import { TRACES } from './trials/observation/traces.ts';
import { ALL_TOLD } from './trials/replicas/all-told.ts';
import { IN_PROCESS } from './trials/replicas/in-process.ts';
import { INBOX } from './trials/replicas/inbox.ts';
import { INVALIDATION } from './trials/replicas/invalidation.ts';
import { KILLED_REPLICA } from './trials/replicas/killed-replica.ts';
import { LAST_PIECE } from './trials/replicas/last-piece.ts';
import { ONE_SHOP } from './trials/replicas/one-shop.ts';
import { ONE_TRANSACTION } from './trials/replicas/one-transaction.ts';
import { REPLAY } from './trials/replicas/replay.ts';
import { STAMPEDE } from './trials/replicas/stampede.ts';

/** By the document: on each resource of the API, those of modules that are not written yet included. */
const ON_EACH_RESOURCE: readonly AnyTrial[] = [
  FIELDS,
  PARAMETERS,
  BODIES,
  ROUTES,
  REPEATED_CREATION,
  PRECONDITIONS,
  CONDITIONAL_READS,
  CURSORS,
  LISTS,
  ROUTE_METRICS,
  DECLARED_ANSWERS,
];

/** These ask, order and change as anybody may: nothing is broken, and the two replicas are enough. */
const ON_THE_PAIR: readonly AnyTrial[] = [
  AGREED_DOCUMENT,
  COUNTED,
  REQUEST_LINES,
  OPERATIONS_PAGE,
  TOKENS,
  OWNERS,
  HEADERS,
  LEAST_PRIVILEGE,
  ONE_SHOP,
  LAST_PIECE,
  STAMPEDE,
  INVALIDATION,
];

/** These start replicas of their own, and break what is around them. */
const ON_REPLICAS_OF_THEIR_OWN: readonly AnyTrial[] = [
  KILLED_REPLICA,
  START,
  PROBES,
  CONFIGURATION,
  SECRET_FILES,
  KEY_FILE,
  SLOW_CLIENT,
  SHARED_LIMIT,
  IN_PROCESS,
  TRACES,
  DEADLINE,
  DEPARTED_CLIENT,
  ABANDONED_CALL,
  SHEDDING,
  OVERLOAD,
  COUNTED_REFUSALS,
  CRASH,
  DRAIN,
  SHUTDOWN_BOUND,
  UNKNOWN_SCHEMA,
  LADDER,
  RETRY_BUDGET,
  BREAKER,
  BULKHEAD,
  DATABASE_ABSENT,
  INBOX,
];

/** These take something away from both replicas. */
const FAULTS_FOR_ALL: readonly AnyTrial[] = [
  INSIDES,
  ONE_TRANSACTION,
  REPLAY,
  DATABASE_GONE,
  DATABASE_SILENT,
  REDIS_GONE,
  BROKER_GONE,
];

/** These look back on the whole run. */
const IN_THE_END: readonly AnyTrial[] = [ALL_TOLD, SECRETS, ERROR_CATALOGUE];

/** All that is tried, in this order. The table sorts by number. */
export const TRIALS: readonly AnyTrial[] = [
  ...ON_EACH_RESOURCE,
  ...ON_THE_PAIR,
  ...ON_REPLICAS_OF_THEIR_OWN,
  ...FAULTS_FOR_ALL,
  ...IN_THE_END,
];
