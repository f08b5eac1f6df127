import { appError } from '#kernel/app-error';

export class IdempotencyKeyRequired extends appError({
  code: 'platform.idempotency-key-required',
  kind: 'malformed',
  title: 'This request needs an idempotency key',
  remedy: 'Send an Idempotency-Key: a new random UUID for each thing to do, and the same one when you repeat it.',
}) {
  constructor() {
    super('The Idempotency-Key header is required here, so that a repeated request is carried out once.');
  }
}

export class IdempotencyKeyInvalid extends appError({
  code: 'platform.idempotency-key-invalid',
  kind: 'malformed',
  title: 'The idempotency key can not be read',
  remedy: 'Send one Idempotency-Key of 1 to 255 visible ASCII characters, without commas and quotes: a UUID, say.',
}) {
  constructor() {
    super('The Idempotency-Key must be one text of 1 to 255 visible ASCII characters, without commas and quotes.');
  }
}

export class IdempotencyKeyReused extends appError({
  code: 'platform.idempotency-key-reused',
  kind: 'invalid',
  title: 'The idempotency key belongs to another request',
  remedy: 'Draw a new key for each new request. To repeat one, send exactly what was sent the first time.',
}) {
  constructor() {
    super('This Idempotency-Key came with another body, or another path or query, before.');
  }
}

export class IdempotencyKeyInUse extends appError({
  code: 'platform.idempotency-key-in-use',
  kind: 'conflict',
  title: 'The first request with this idempotency key is not answered yet',
  remedy: 'Send the same request again after the time that Retry-After names: it gets the answer of the first.',
  transient: true,
}) {
  constructor(options?: ErrorOptions) {
    super('A request with this Idempotency-Key is being carried out.', options);
  }
}
