import { pollUntil } from '../../../process/wait.ts';
import type { Replica } from '../../stage/replica.ts';
import { type Fact, fact, within } from '../../trial/finding.ts';

/** So many well answers in a row are no accident: a breaker that is half open may let one through. */
const WELL_IN_A_ROW = 5;

/**
 * From the end of a fault until each replica answers well again, and that they are still the processes that they were.
 * @param isWell asks one replica once
 * @param maxMs what is promised; thrice as long is waited, so that the time can be told
 */
export async function recovery(
  replicas: readonly Replica[],
  isWell: (replica: Replica) => Promise<boolean>,
  maxMs: number,
): Promise<Fact[]> {
  const mendedAtMs = performance.now();
  const times = await Promise.all(
    replicas.map(async (replica) => {
      let firstMs: number | null = null;
      let inARow = 0;
      const look = async (): Promise<number | null> => {
        const well = await isWell(replica).catch(() => false);
        if (!well) [firstMs, inARow] = [null, 0];
        else [firstMs, inARow] = [firstMs ?? performance.now() - mendedAtMs, inARow + 1];
        return inARow >= WELL_IN_A_ROW ? firstMs : null;
      };
      return (await pollUntil(look, { timeoutMs: 3 * maxMs })) ?? Infinity;
    }),
  );
  const alive = replicas.every((replica) => !replica.isOver);
  return [within('well again after', Math.max(...times), maxMs), fact('the same processes', alive, true)];
}
