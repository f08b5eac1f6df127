/** Starts a child of the system that sleeps, tells its number, and waits to be killed. */
import { startChild } from '../child.ts';
import { Output } from '../output.ts';

const { PATH } = process.env;
const sleeper = { command: 'sh', args: ['-c', 'echo pid $$; exec sleep 60'], env: { PATH }, cwd: '/' };
startChild('sleeper', sleeper, { signal: 'SIGTERM', graceMs: 1_000 }, new Output((text) => process.stdout.write(text)));
