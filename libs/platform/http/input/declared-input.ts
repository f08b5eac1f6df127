import type { RouteOptions, preHandlerHookHandler } from 'fastify';
import { ValidationFailed, type FieldFault } from '#platform/errors';
import { escapePointer } from '../body/json-bounds.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route's handler reads. Absent on routes that are no API (the documents'). */
    reads?: DeclaredInput;
  }
}

export interface DeclaredInput {
  readonly query: boolean;
  readonly body: boolean;
}

/**
 * A route that declares no query refuses one, and so with a body: "unknown fields are refused" holds also where a
 * handler asks for none. `?dryRun=true` on a route that knows no such thing must not do the real thing.
 */
export function refuseUndeclaredInput(route: RouteOptions): void {
  const reads = route.config?.reads;
  if (!reads || (reads.query && reads.body)) return;
  route.preHandler = [route.preHandler ?? [], refusal(reads)].flat();
}

function refusal(reads: DeclaredInput): preHandlerHookHandler {
  return (request, _reply, done) => {
    const faults = [
      ...(reads.query ? [] : unknownFields(request.query)),
      ...(reads.body ? [] : unknownFields(request.body)),
    ];
    done(faults.length > 0 ? new ValidationFailed(faults) : undefined);
  };
}

const unknownFields = (input: unknown): FieldFault[] =>
  Object.keys(input ?? {}).map((name) => ({
    pointer: `#/${escapePointer(name)}`,
    detail: 'is not a known field: this route reads none here',
  }));
