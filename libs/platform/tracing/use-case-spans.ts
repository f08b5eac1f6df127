import { isUseCase } from '#kernel/use-case';
import { inSpan } from './spans.js';
import type { SpanDescription } from './tracer.js';

type Method = (...args: unknown[]) => unknown;

/** The one method of a use case, and what stands for "this class has several": reads. */
const EXECUTE = 'execute';
const READS = /Queries$/;

/**
 * Has each use case, and each read, run in a span by its name: `PlaceOrder`, `OrderQueries.get`. Their classes know
 * nothing of it. What is neither makes none: a part of a read is seen by what it asks.
 */
export function traceUseCases(providers: readonly unknown[]): void {
  for (const provider of new Set(providers)) {
    if (typeof provider !== 'object' || provider === null || !isUseCase(provider.constructor)) continue;
    for (const name of entriesOf(provider)) traceMethod(provider, name);
  }
}

function entriesOf(useCase: object): string[] {
  const names = Object.getOwnPropertyNames(useCase.constructor.prototype);
  if (names.includes(EXECUTE)) return [EXECUTE];
  return READS.test(useCase.constructor.name) ? names.filter((name) => name !== 'constructor') : [];
}

/** A getter is none, and is not even asked. */
function traceMethod(useCase: object, name: string): void {
  const method: unknown = Object.getOwnPropertyDescriptor(useCase.constructor.prototype, name)?.value;
  if (typeof method !== 'function') return;
  const { name: type } = useCase.constructor;
  const description = { name: name === EXECUTE ? type : `${type}.${name}`, kind: 'internal' } as const;
  const traced = (...args: unknown[]) => inSpanOf(description, () => (method as Method).apply(useCase, args));
  Object.defineProperty(useCase, name, { value: traced, configurable: true, writable: true });
}

/** What is no promise stays so: a method that gives, or throws, at once does that also within its span. */
function inSpanOf(description: SpanDescription, call: () => unknown): unknown {
  let given: unknown;
  let threw = false;
  const work = async (): Promise<unknown> => {
    try {
      given = call();
    } catch (error) {
      threw = true;
      given = error;
      throw error;
    }
    return given;
  };
  const ended = inSpan(() => description, work); // it has called when it returns
  if (given instanceof Promise && !threw) return ended;
  ended.catch(() => undefined);
  if (threw) throw given;
  return given;
}
