/**
 * What kind of fact an error is. Adapters translate a kind (HTTP: `STATUS_BY_KIND` in platform/errors); nothing
 * below an adapter knows a status. The second group is raised by the HTTP edge alone, never by a module.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'rate-limited'
  | 'deadline-exceeded'
  | 'unavailable'
  | 'internal'
  // the edge
  | 'malformed'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'payload-too-large'
  | 'uri-too-long'
  | 'unsupported-media-type'
  | 'precondition-required'
  | 'header-fields-too-large';

/** What the catalogue (docs/errors.md) tells of an error. */
export interface ErrorFact {
  /** `<module>.<fact>`, stable for ever: clients branch on it. */
  readonly code: string;
  readonly kind: ErrorKind;
  /** The same for every occurrence (RFC 9457, 3.1.3). */
  readonly title: string;
  /** The way out, for the client's developer. */
  readonly remedy: string;
  /** The same request may succeed in a moment: it is answered with `Retry-After`. Implied by `unavailable`. */
  readonly transient?: boolean;
  /** The {@link AppError.extensions} of an occurrence, as the documentation shows them. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error that is known, named and catalogued. Make one with {@link appError}. */
export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  abstract readonly title: string;
  abstract readonly transient: boolean;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** More members for the answer, by name (RFC 9457, 3.2): values that the client may see. */
  get extensions(): Readonly<Record<string, unknown>> {
    return {};
  }
}

const catalogue = new Map<string, ErrorFact>();

/**
 * The base class of one error: `class SkuTaken extends appError({ code: 'catalog.sku-taken', … }) {}`.
 * Declaring the class enters its fact into the catalogue.
 * @throws Error when two classes claim one code
 */
export function appError(fact: ErrorFact) {
  if (catalogue.has(fact.code)) throw new Error(`The error code ${fact.code} is declared twice.`);
  catalogue.set(fact.code, Object.freeze(fact));
  abstract class CataloguedError extends AppError {
    static readonly fact = fact;
    override readonly kind = fact.kind;
    override readonly code = fact.code;
    override readonly title = fact.title;
    override readonly transient = fact.transient ?? fact.kind === 'unavailable';
  }
  return CataloguedError;
}

/** The fact that has this code, among what has been imported so far. */
export const errorFact = (code: string): ErrorFact | undefined => catalogue.get(code);

/** Every fact declared by what has been imported so far, sorted by code. */
export function errorCatalogue(): readonly ErrorFact[] {
  return [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
