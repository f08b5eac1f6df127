import { sumOf } from '../../stage/sum.ts';
import { atLeast, atMost, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const CROWD = 100;
const LOADS = { dependency: 'postgres', operation: 'catalog.find-product' };

/** Sabotage that this is for: a cache that everybody fills. */
export const STAMPEDE: Trial = {
  promise: 'C2',
  says: 'What many want at once is loaded once by each replica, and then shared',
  how: '100 reads of a product that nobody has read, at both replicas at once, and then 100 more; queries by /metrics',
  needs: ['redis'],

  run: async ({ both, first, shop }) => {
    const product = await shop.onSale(first);
    const loads = async (): Promise<number> => {
      const samples = await Promise.all(both.map((replica) => replica.settledMetrics()));
      return samples.reduce((sum, own) => sum + sumOf(own, 'dependency_request_duration_seconds_count', LOADS), 0);
    };
    const crowd = async (): Promise<number> => {
      const answers = await Promise.all(
        Array.from({ length: CROWD }, (_, n) => shop.product(n % 2 === 0 ? both[0] : both[1], product)),
      );
      return answers.filter(({ status }) => status === 200).length;
    };
    const before = await loads();
    const cold = await crowd();
    const between = await loads();
    const warm = await crowd();
    const after = await loads();
    return together([
      fact('answered', cold + warm, 2 * CROWD),
      atLeast('loads, cold', between - before, 1),
      atMost('loads, cold', between - before, both.length),
      fact('loads, warm', after - between, 0),
    ]);
  },
};
