export const CENSOR = '[redacted]';

/**
 * What secrets are called, wherever in a name it stands: `clientSecret`, `X-Api-Key`, `DATABASE_URL`. One list for the names
 * of fields and for those in texts.
 */
const WORD =
  /passw(?:or)?d|passphrase|\bpass\b|pwd|secret|token|credential|authorization|cookie|signature|(?:api|access|account|private|shared|signing|encryption)[-_ ]?key|(?:connection|database)[-_ ]?(?:string|url)/gi;

/** Where the next of them ends, from there on; -1 where there is none. */
export function endOfSecretWord(text: string, from: number): number {
  WORD.lastIndex = from;
  return WORD.test(text) ? WORD.lastIndex : -1;
}

/** Whether what has this name is never written. */
export const isSecretName = (name: string): boolean => endOfSecretWord(name, 0) !== -1;
