/** Names whose values never reach a log, in lower case and without separators. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'password',
  'passphrase',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'authorization',
  'cookie',
  'setcookie',
  'apikey',
  'privatekey',
  'connectionstring',
  'databaseurl',
]);

const CENSOR = '[redacted]';

/** How deep a line is looked through: its fields, and the fields of those. */
const DEPTH_MAX = 2;

const isSecret = (name: string): boolean =>
  SECRET_NAMES.has(name) || SECRET_NAMES.has(name.replaceAll(/[-_]/g, '').toLowerCase());

/**
 * The fields of a log line without secrets: the last line of defence, behind logging allowed fields only. The object
 * itself is given back where there is nothing to hide, which is nearly always. (pino's own `redact` parses its paths
 * for each line: as much time as all the rest of the line.)
 */
export function redactSecrets(fields: Record<string, unknown>, depth = 1): Record<string, unknown> {
  let clean = fields;
  for (const name in fields) {
    const value = fields[name];
    const kept = isSecret(name)
      ? CENSOR
      : depth < DEPTH_MAX && isPlain(value)
        ? redactSecrets(value, depth + 1)
        : value;
    if (kept === value) continue;
    if (clean === fields) clean = { ...fields };
    clean[name] = kept;
  }
  return clean;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
