/** Deepest chain of causes that is written. */
const CAUSE_DEPTH_MAX = 5;

export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: string;
  readonly cause?: SerializedError;
}

/**
 * An error as a log line may hold it: an allow-list. The errors of drivers carry statements, parameters and rows,
 * which are other people's data.
 */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { code }),
    ...(error.cause !== undefined && depth < CAUSE_DEPTH_MAX && { cause: serializeError(error.cause, depth + 1) }),
  };
}
