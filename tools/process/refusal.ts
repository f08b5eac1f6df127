/**
 * Why a tool goes no further, in words for the person at the terminal: the message says what to change.
 * Entries print it without a stack, unlike any other error, which is a fault of the tool.
 */
export class Refusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
  }
}

/** What an entry prints for an error that ended it. */
export function explain(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
