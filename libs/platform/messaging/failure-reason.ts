/** As long as the column that keeps it. */
export const REASON_LENGTH_MAX = 500;

/** Why something failed, in one line for the operator: the name of the error and what it says, its cause too. */
export function failureReason(error: unknown): string {
  const told = [error, error instanceof Error ? error.cause : undefined]
    .filter((each) => each !== undefined)
    .map((each) => (each instanceof Error ? `${each.name}: ${each.message}` : typeof each));
  return told.join(' ← ').replaceAll(/\s+/g, ' ').slice(0, REASON_LENGTH_MAX);
}
