import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';

/** A build and all generated pages: some twenty seconds on two cores. */
const DOCS_TIMEOUT_MS = 600_000;

/**
 * `npm run docs`, which builds first.
 * @param remedy what is to be done when it fails
 * @throws Refusal with its output and the remedy; what the signal was aborted with
 */
export async function runDocs(
  checkout: string,
  { remedy, signal }: { readonly remedy: string; readonly signal: AbortSignal },
): Promise<void> {
  const npm = process.env['npm_execpath'];
  const [program, args] = npm === undefined ? ['npm', ['run', 'docs']] : [process.execPath, [npm, 'run', 'docs']];
  const options = { cwd: checkout, timeoutMs: DOCS_TIMEOUT_MS, withDescendants: true, signal };
  const { code, output } = await runProgram(program, args, options);
  if (code !== 0) throw new Refusal(`\`npm run docs\` failed:\n${output}\n\n${remedy}`);
}
