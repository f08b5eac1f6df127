import { field } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const ROUNDS = 20;

/** Sabotage that this is for: a cache that hears of nobody's change. */
export const INVALIDATION: Trial = {
  promise: 'C2',
  says: 'A change at one replica is seen at once by the readers of the other',
  how: '20 times: both have it cached, one changes it, and the other is read',
  needs: ['redis'],

  run: async ({ both, shop }) => {
    const product = await shop.onSale(both[0]);
    let seen = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [writer, reader] = round % 2 === 0 ? both : [both[1], both[0]];
      for (const replica of both) await shop.product(replica, product);
      const name = `Mug of round ${round}`;
      await shop.rename(writer, product, name);
      if (field((await shop.product(reader, product)).json, 'name') === name) seen += 1;
    }
    return together([fact('seen at once', seen, ROUNDS)]);
  },
};
