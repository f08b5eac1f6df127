import { registeredSections } from './registry.js';
import { editDistance } from './edit-distance.js';

/** Shorter names are close to too many others. */
const NAME_LENGTH_MIN = 5;
const NAME_LENGTH_MAX = 100;
/** From this length on two edits are forgiven, below it one: SORT_BY is not a misspelt PORT_BY. */
const LONG_NAME_LENGTH = 8;

/** Names that tools put into every environment. They are ours only by accident. */
const FOREIGN = /^(npm_|KUBERNETES_|GITHUB_|RUNNER_|JEST_|VSCODE_|XDG_|SSH_|LC_)/i;
/** What Kubernetes and Docker announce other services by: STORE_SERVICE_PORT_HTTP, STORE_PORT_3000_TCP_ADDR. */
const SERVICE_LINK_NAMES = [/_SERVICE_(HOST$|PORT(_\w|$))/, /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/];
const SERVICE_LINK_VALUE = /^(tcp|udp|sctp):\/\//;

/** One line for each variable that is no setting but looks like one. Names only, never values. */
export function misspellings(env: NodeJS.ProcessEnv): readonly string[] {
  const settings = registeredSections().flatMap((section) => section.settings);
  const files = settings.filter((setting) => setting.secret).map((setting) => `${setting.variable}_FILE`);
  const known = new Set([...settings.map((setting) => setting.variable), ...files]);
  return Object.keys(env)
    .filter((name) => !known.has(name) && isCandidate(name, env[name]))
    .sort()
    .flatMap((name) => remark(name, known) ?? []);
}

function isCandidate(name: string, value: string | undefined): boolean {
  if (name.length < NAME_LENGTH_MIN || name.length > NAME_LENGTH_MAX) return false;
  if (!/^\w+$/.test(name) || FOREIGN.test(name)) return false;
  return !SERVICE_LINK_NAMES.some((link) => link.test(name)) && !SERVICE_LINK_VALUE.test(value ?? '');
}

function remark(name: string, known: ReadonlySet<string>): string | null {
  const base = name.replace(/_FILE$/, '');
  if (base !== name && known.has(base)) return `${name} is not a setting: only secrets are read from files.`;
  const meant = nearest(name.toUpperCase(), known);
  return meant ? `${name} is not a setting: did you mean ${meant}?` : null;
}

function nearest(name: string, known: ReadonlySet<string>): string | null {
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const length = Math.min(candidate.length, name.length);
    if (length < NAME_LENGTH_MIN) continue;
    const limit = length < LONG_NAME_LENGTH ? 1 : 2;
    const distance = editDistance(name, candidate, limit);
    if (distance <= limit && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}
