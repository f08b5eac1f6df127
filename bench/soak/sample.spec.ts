import { describe, expect, it } from '@jest/globals';
import { poolIn } from './sample.ts';

describe('the connections of the pool', () => {
  it('are those that lie idle and those that are lent, by the metrics of the store', () => {
    const metrics = [
      'database_pool_connections{state="used"} 3',
      'database_pool_connections{state="idle"} 7',
      'database_pool_connections{state="waiting"} 5',
      'database_pool_connections{state="max"} 10',
    ];

    expect(poolIn(metrics.join('\n'))).toEqual({ pool: 10, lent: 3 });
  });

  it('are not taken for none where nobody counts them', () => {
    expect(() => poolIn('up 1')).toThrow('no connections of the pool');
  });
});
