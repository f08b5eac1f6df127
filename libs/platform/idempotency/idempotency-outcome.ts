import {
  IdempotencyKeyInUse,
  IdempotencyKeyInvalid,
  IdempotencyKeyRequired,
  IdempotencyKeyReused,
} from '#platform/errors';

/**
 * What became of a request to an idempotent route. `executed` and `refused`: carried out, or refused for good, and kept;
 * `replayed`: answered with what was kept; `unkept`: carried out or not, nothing is kept of it (a body that is not valid, a
 * failure of ours, a client that left).
 */
export const IDEMPOTENCY_OUTCOMES = [
  'executed',
  'refused',
  'replayed',
  'unkept',
  'in-use',
  'reused',
  'required',
  'invalid',
] as const;
export type IdempotencyOutcome = (typeof IDEMPOTENCY_OUTCOMES)[number];

export function outcomeOf(error: unknown): IdempotencyOutcome {
  if (error instanceof IdempotencyKeyInUse) return 'in-use';
  if (error instanceof IdempotencyKeyReused) return 'reused';
  if (error instanceof IdempotencyKeyRequired) return 'required';
  return error instanceof IdempotencyKeyInvalid ? 'invalid' : 'unkept';
}
