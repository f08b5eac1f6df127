import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';

/** A build and all generated pages: some twenty seconds on two cores. */
const DOCS_TIMEOUT_MS = 600_000;

/**
 * `npm run docs`, which builds first.
 * @throws Refusal that says how to go on, or back
 */
export async function writeDocs(checkout: string, module: string): Promise<void> {
  const npm = process.env['npm_execpath'];
  const [program, args] = npm === undefined ? ['npm', ['run', 'docs']] : [process.execPath, [npm, 'run', 'docs']];
  const outcome = await runProgram(program, args, { cwd: checkout, timeoutMs: DOCS_TIMEOUT_MS });
  if (outcome.code === 0) return;
  throw new Refusal(
    `The module is written, and the documentation is not:\n${outcome.output}\n\n` +
      `Mend what is said there and run \`npm run docs\`; or take the module away again: \`npm run remove:module -- ${module}\`.`,
  );
}
