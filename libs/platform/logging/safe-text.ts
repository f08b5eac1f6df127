/** What stands for something that can't be told: it throws when it is looked at. */
const UNTELLABLE = '(untellable)';

/** Anything as a text. Never fails, also for what has no `toString`, or one that throws. */
export function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return UNTELLABLE;
  }
}

/** A property, or undefined where it throws. */
export function safeGet(value: object, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

/** Whether it is an error; what can't even be asked is none. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}
