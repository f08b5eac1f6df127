/** What `npm audit --json` printed, told apart: its exit code is 1 for a finding and for a registry that is away. */
export type AuditVerdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly packages: readonly string[] }
  /** The registry has no such end point, or can't be reached. */
  | { readonly kind: 'no answer'; readonly reason: string }
  /** npm itself: no lock file, an end before its report, a report that we can't read. Not the registry's doing. */
  | { readonly kind: 'failed'; readonly reason: string };

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  /** npm puts here what the request to the registry ended with, and nothing else. */
  readonly message?: string;
  /** npm puts here why it did not ask. */
  readonly error?: { readonly code?: string; readonly summary?: string };
}

const BLOCKING = new Set(['high', 'critical']);

export function auditVerdict(stdout: string): AuditVerdict {
  const report = parse(stdout);
  if (report?.message) return { kind: 'no answer', reason: report.message };
  if (!report?.vulnerabilities) return { kind: 'failed', reason: report?.error?.summary || 'npm printed no report' };
  const packages = Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => BLOCKING.has(severity))
    .map(([name, { severity, range }]) => `${name} ${range} (${severity})`);
  return packages.length > 0 ? { kind: 'found', packages } : { kind: 'clean' };
}

function parse(text: string): Report | null {
  try {
    return JSON.parse(text) as Report | null;
  } catch {
    return null; // npm died before its report
  }
}
