import { appError } from '#kernel/app-error';

/** One fault of an input. `pointer` is a JSON Pointer in URI fragment form (RFC 6901, 6): `#/price/amount`. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

export class InternalError extends appError({
  code: 'platform.internal-error',
  kind: 'internal',
  title: 'Internal error',
  remedy: 'Not your fault. Retry later; give the requestId when you report it.',
}) {}

export class ServiceUnavailable extends appError({
  code: 'platform.unavailable',
  kind: 'unavailable',
  title: 'Service unavailable',
  remedy: 'Retry after the number of seconds in Retry-After.',
}) {}

export class ValidationFailed extends appError({
  code: 'platform.validation-failed',
  kind: 'malformed',
  title: 'The request is not valid',
  remedy: 'Correct each field named in errors.',
  extensions: { errors: [{ pointer: '#/price/amount', detail: 'must be an integer' }] },
}) {
  constructor(
    readonly faults: readonly FieldFault[],
    options?: ErrorOptions,
  ) {
    super('One or more fields are not valid; see errors.', options);
  }

  override get extensions() {
    return { errors: this.faults };
  }
}

export class MalformedRequest extends appError({
  code: 'platform.malformed-request',
  kind: 'malformed',
  title: 'The request could not be read',
  remedy: 'Send well-formed HTTP, and a body that is one well-formed JSON object.',
}) {}

export class RouteNotFound extends appError({
  code: 'platform.route-not-found',
  kind: 'not-found',
  title: 'No such route',
  remedy: 'Look the route up in docs/openapi.json.',
}) {
  constructor() {
    super('No route answers to this path.');
  }
}

export class MethodNotAllowed extends appError({
  code: 'platform.method-not-allowed',
  kind: 'method-not-allowed',
  title: 'Method not allowed',
  remedy: 'Use one of the methods in the Allow header.',
}) {
  constructor(readonly allowed: readonly string[]) {
    super(`This path answers to ${allowed.join(', ')}.`);
  }
}

export class RequestTimedOut extends appError({
  code: 'platform.request-timeout',
  kind: 'request-timeout',
  title: 'The request took too long to arrive',
  remedy: 'Send the whole request within the time that docs/configuration.md gives.',
}) {}

export class BodyTooLarge extends appError({
  code: 'platform.body-too-large',
  kind: 'payload-too-large',
  title: 'The body is too large',
  remedy: 'Send less: the limit is HTTP_BODY_LIMIT_BYTES, 64 KiB unless it was changed.',
}) {}

export class UriTooLong extends appError({
  code: 'platform.uri-too-long',
  kind: 'uri-too-long',
  title: 'The URL is too long',
  remedy: 'Shorten the path and the query string.',
}) {}

export class HeadersTooLarge extends appError({
  code: 'platform.headers-too-large',
  kind: 'header-fields-too-large',
  title: 'The header fields are too large',
  remedy: 'Send fewer or smaller headers.',
}) {}

export class UnsupportedMediaType extends appError({
  code: 'platform.unsupported-media-type',
  kind: 'unsupported-media-type',
  title: 'Unsupported media type',
  remedy: 'Send the body as application/json.',
}) {
  constructor(options?: ErrorOptions) {
    super('A body is read as application/json only.', options);
  }
}

export class PreconditionRequired extends appError({
  code: 'platform.precondition-required',
  kind: 'precondition-required',
  title: 'If-Match is required',
  remedy: 'Read the resource, and send its ETag as If-Match.',
}) {
  constructor() {
    super('This change needs an If-Match header with the ETag that you last saw.');
  }
}

export class ProxiedRequest extends appError({
  code: 'platform.proxied-request',
  kind: 'forbidden',
  title: 'The management port is not proxied',
  remedy: 'Ask the management port itself, from inside the network that it is bound to.',
}) {
  constructor() {
    super('This request came through a proxy, and the management port answers to nobody behind one.');
  }
}

export class UnknownHost extends appError({
  code: 'platform.unknown-host',
  kind: 'forbidden',
  title: 'The management port is not known by this name',
  remedy: 'Ask for it by an address or a local name, or add the name to MANAGEMENT_HOST_NAMES.',
}) {
  constructor() {
    super('The Host header names a site that this service does not know itself as.');
  }
}

export class CursorInvalid extends appError({
  code: 'platform.cursor-invalid',
  kind: 'malformed',
  title: 'The cursor is not valid here',
  remedy: 'Use nextCursor of the previous page, with the same filters and sort; or start without a cursor.',
  extensions: { errors: [{ pointer: '#/cursor', detail: 'was not made for this list' }] },
}) {
  constructor() {
    super('The cursor was not made by this service for this list with these filters and this sort.');
  }

  override get extensions() {
    return { errors: [{ pointer: '#/cursor', detail: 'was not made for this list' }] };
  }
}
