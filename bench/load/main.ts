/** The process that makes the load, so that nothing else the benchmark does delays it. Told what to do over IPC. */
import { whileAwake } from './awake.ts';
import { closedLoop } from './closed-loop.ts';
import { openLoop } from './open-loop.ts';
import type { Load, LoadCommand, LoadResult, NumberedCommand, NumberedResult } from './plan.ts';
import { Target } from './target.ts';

const targets = new Map<string, Target>();

function targetOf(name: string): Target {
  const target = targets.get(name);
  if (!target) throw new Error(`Nobody has said what to ask ${name}.`);
  return target;
}

const loop = (target: Target, load: Load): Promise<LoadResult> =>
  load.ratePerSecond === undefined
    ? closedLoop(target, load)
    : openLoop(target, { ...load, ratePerSecond: load.ratePerSecond });

const run = (target: Target, load: Load): Promise<LoadResult> =>
  load.awake ? whileAwake(() => loop(target, load)) : loop(target, load);

async function obey(command: LoadCommand): Promise<LoadResult | null> {
  if (command.do === 'run') return run(targetOf(command.name), command.load);
  targets.get(command.name)?.close();
  if (command.do === 'plan') targets.set(command.name, new Target(command.port, command.requests));
  else targets.delete(command.name);
  return null;
}

process.on('message', ({ number, command }: NumberedCommand) => {
  void obey(command).then((result) => process.send?.({ number, result } satisfies NumberedResult));
});
process.on('disconnect', () => process.exit());
