import { atMost, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/**
 * More than ten times what a quiet machine takes: a start that waits for something is told from a busy machine. That it is a second
 * or two shows in the number itself, and in the benchmark on a quiet machine.
 */
const START_MAX_MS = 20_000;
/** Some twice what it takes before any load, for other machines and versions of Node; a pod is given 512 MiB. */
const RESIDENT_MAX_MIB = 400;

export const START: Trial = {
  promise: 'H2',
  says: 'A start takes a second or two, and an idle service is small',
  how: 'from the launch of a replica until it is ready; process_resident_memory_bytes then',

  run: async (stage) => {
    const replica = await (await stage.extra()).ready();
    const metrics = await replica.metrics();
    const bytes = metrics.find(({ name }) => name === 'process_resident_memory_bytes')?.value ?? NaN;
    return together(
      [
        within('ready after', replica.startedInMs, START_MAX_MS),
        atMost('MiB resident', Math.round(bytes / 1_048_576), RESIDENT_MAX_MIB),
      ],
      ['bounds here are for any machine; close to the bare server: npm run bench; flat memory takes an hour'],
    );
  },
};
