import { OWNERS } from '../../../tools/verify/trials/access/owners.ts';
import { PRECONDITIONS } from '../../../tools/verify/trials/contract/preconditions.ts';
import { REPEATED_CREATION } from '../../../tools/verify/trials/contract/repeated-creation.ts';
import { BREAKER } from '../../../tools/verify/trials/faults/breaker.ts';
import { DEADLINE } from '../../../tools/verify/trials/faults/deadline.ts';
import { LADDER } from '../../../tools/verify/trials/faults/ladder.ts';
import { RETRY_BUDGET } from '../../../tools/verify/trials/faults/retry-budget.ts';
import { DRAIN } from '../../../tools/verify/trials/lifecycle/drain.ts';
import { PROBES } from '../../../tools/verify/trials/lifecycle/probes.ts';
import { UNKNOWN_SCHEMA } from '../../../tools/verify/trials/lifecycle/unknown-schema.ts';
import { TRACES } from '../../../tools/verify/trials/observation/traces.ts';
import { INBOX } from '../../../tools/verify/trials/replicas/inbox.ts';
import { INVALIDATION } from '../../../tools/verify/trials/replicas/invalidation.ts';
import { ONE_TRANSACTION } from '../../../tools/verify/trials/replicas/one-transaction.ts';
import { sabotage } from './sabotage.js';

/** What is kept when things go wrong behind a request. */
export const BEHIND_THE_EDGE = [
  sabotage(DEADLINE, 'leaves a statement running when its request is over', 'libs/platform/postgres/run-until-end.ts', [
    '() => canceller.cancel(processIdOf(client)),',
    '() => Promise.resolve(),',
  ]),
  sabotage(RETRY_BUDGET, 'repeats what fails without a budget', 'libs/platform/resilience/retry/retries.ts', [
    'return this.budget.take() ? delayMs : undefined;',
    'return delayMs;',
  ]),
  {
    // The line that tells of the open breaker is waited for, and does not come.
    throws: /has not said so/,
    ...sabotage(BREAKER, 'has a breaker that nothing calls', 'libs/platform/resilience/dependency.ts', [
      `return await this.breaker.run(
        () => this.timed(call, work, ending),
        (error) => verdictOn(error, (nowMs() - startedAtMs) / this.policy.attemptTimeoutMs, call.signal),
      );`,
      'return await this.timed(call, work, ending);',
    ]),
  },
  sabotage(
    LADDER,
    'forgets the last good recommendations',
    'libs/modules/catalog/application/recommendation-ladder.ts',
    ['if (items.length > 0) this.lastGood.remember(product.id, productIds);', ''],
  ),
  sabotage(INVALIDATION, 'keeps in the cache what has changed', 'libs/platform/cache/changes.ts', [
    'const hold = { id: randomUUID(), mark: HOLD_MARK, ttlMs: HOLD_MS };',
    'if (HOLD_MS > 0) return work();\n    const hold = { id: randomUUID(), mark: HOLD_MARK, ttlMs: HOLD_MS };',
  ]),
  sabotage(REPEATED_CREATION, 'keeps no answer of a request with a key', 'libs/platform/idempotency/once-only.ts', [
    'if (!(await this.store.keep(this.recordOf(request, answer)))) throw new TwinWasFaster();',
    '',
  ]),
  sabotage(
    ONE_TRANSACTION,
    'writes its events after the commit',
    'libs/platform/unit-of-work/joining-unit-of-work.ts',
    ['if (unit.events.length > 0) await this.outbox.append(unit.events);', ''],
    [
      "if (outcome === 'kept' && unit.events.length > 0) this.outbox.committed();",
      `if (outcome === 'kept' && unit.events.length > 0) {
        const later = () => this.outbox.append(unit.events).then(() => this.outbox.committed());
        setTimeout(() => void later().catch(() => undefined), 500);
      }`,
    ],
  ),
  sabotage(
    INBOX,
    'has the effect of an event again each time that it comes',
    'libs/platform/messaging/consuming/unit-of-work-delivery.ts',
    ["if (!(await this.inbox.enter(consumer, event.id))) return 'duplicate';", ''],
  ),
  sabotage(TRACES, 'tells nobody of the trace', 'libs/platform/http-client/correlation-headers.ts', [
    "{ 'x-request-id': request.requestId, ...traceHeaders() }",
    "{ 'x-request-id': request.requestId }",
  ]),
  sabotage(
    OWNERS,
    'shows an order to whoever knows its id',
    'libs/modules/orders/adapters/postgres/order.statements.ts',
    ['WHERE id = $1 AND customer_id = $2', 'WHERE id = $1 AND $2::varchar IS NOT NULL'],
  ),
  sabotage(PROBES, 'says that it is ready, always', 'libs/platform/health/health.service.ts', [
    'const result = await this.check((contributor) => contributor.readiness());',
    "const result: HealthCheckResult = { status: 'ok', details: {} };",
  ]),
  sabotage(DRAIN, 'cuts what is in flight when it is told to end', 'libs/platform/lifecycle/shutdown.ts', [
    'await Promise.all([this.service.drainConnections(), this.service.stopBackgroundWork()]);',
    'this.service.closeAllConnections();',
  ]),
  {
    // That it is not ready is waited for, and does not come.
    throws: /answers 200 .* not 503/s,
    ...sabotage(
      UNKNOWN_SCHEMA,
      'serves on a schema that it does not know',
      'libs/platform/postgres/schema/compatibility.ts',
      ['return unknown.filter((name) => {', 'return [].filter((name) => {'],
    ),
  },
  sabotage(
    REPEATED_CREATION,
    'takes the key of one caller for that of another',
    'libs/platform/idempotency/keyed-request.ts',
    ['JSON.stringify([caller.id, method, route, key])', 'JSON.stringify([method, route, key])'],
  ),
  sabotage(
    PRECONDITIONS,
    'reads the version, and writes whatever it is by then',
    'libs/modules/catalog/adapters/postgres/product.statements.ts',
    ['WHERE id = $1 AND version = $2`', 'WHERE id = $1 AND $2::int IS NOT NULL`'],
  ),
];
