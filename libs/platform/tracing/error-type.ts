import { AppError } from '#kernel/app-error';
import { STATUS_BY_KIND } from '#platform/errors';

/** What drivers call their errors: `23505`, `ECONNREFUSED`. Anything longer, or with a blank, is a text. */
const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

/** `error.type` of OpenTelemetry: our error's code, else the driver's, else the name of the class. Never a message. */
export function errorTypeOf(error: unknown): string {
  if (!isError(error)) return '_OTHER';
  if ('code' in error && typeof error.code === 'string' && CODE.test(error.code)) return error.code;
  return CODE.test(error.name) ? error.name : '_OTHER';
}

/** By its shape, since an error of another realm is no `instanceof Error`. */
const isError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'stack' in error && 'name' in error && typeof error.name === 'string';

/** Whether something is wrong, and not only refused: an order for more than there is fails no span. */
export const isFault = (error: unknown): boolean => !(error instanceof AppError) || STATUS_BY_KIND[error.kind] >= 500;
