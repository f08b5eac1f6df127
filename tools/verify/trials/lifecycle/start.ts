import { atMost, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** Some ten times what a quiet machine takes: a start that waits for something is told from one that is slow. */
const START_MAX_MS = 15_000;
/** Above what it takes before any load, and far below what a pod is given. */
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
      ['close to the bare server: npm run bench; flat memory takes an hour'],
    );
  },
};
