/**
 * `npm run audit:dependencies`: known vulnerabilities, high and critical, in what production installs. A registry that
 * gives no answer does not block, because mirrors often have no such end point; AUDIT_REQUIRED=true makes it block.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CHECKOUT } from './checkout.ts';
import { type AuditVerdict, auditVerdict } from './audit-verdict.ts';

const AUDIT_TIMEOUT_MS = 60_000;
const REPORT_BYTES_MAX = 16 * 1024 * 1024;
const ARGS = ['audit', '--omit', 'dev', '--audit-level', 'high', '--json'];

/** Of a run that ended well, and of the error for one that did not. */
interface Answer {
  readonly stdout?: string;
  readonly killed?: boolean;
}

/** Reads stdout alone: on stderr npm says the same again, as prose. */
async function askNpm(): Promise<AuditVerdict> {
  const options = {
    cwd: CHECKOUT,
    timeout: AUDIT_TIMEOUT_MS,
    maxBuffer: REPORT_BYTES_MAX,
    shell: process.platform === 'win32', // npm is a script there
  };
  const answer: Answer = await promisify(execFile)('npm', ARGS, options).catch((error: unknown) => error as Answer);
  if (answer.killed) return { kind: 'no answer', reason: `none within ${AUDIT_TIMEOUT_MS / 1000} s` };
  return auditVerdict(answer.stdout ?? '');
}

/** Says it, and gives the exit code. */
function report(verdict: AuditVerdict, answerRequired: boolean): number {
  switch (verdict.kind) {
    case 'clean':
      console.log('No known vulnerability, high or critical, in what production installs.');
      return 0;
    case 'found':
      console.error('Vulnerable, in what production installs:');
      for (const name of verdict.packages) console.error(`  ${name}`);
      console.error('→ `npm explain <package>` tells who asks for it, `npm audit` which version is safe.');
      return 1;
    case 'no answer':
      console.error(`NOT AUDITED: the registry gave no answer (${verdict.reason}).`);
      console.error(
        answerRequired ? 'AUDIT_REQUIRED=true: this blocks.' : 'It does not block; AUDIT_REQUIRED=true would.',
      );
      return answerRequired ? 1 : 0;
    case 'failed':
      console.error(`NOT AUDITED: \`npm audit\` failed (${verdict.reason}).`);
      return 1;
  }
}

process.exitCode = report(await askNpm(), process.env['AUDIT_REQUIRED'] === 'true');
