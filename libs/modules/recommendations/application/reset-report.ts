import type { Reset } from './reset-recommendations.js';

/** What whoever has forgotten everything reads: what is gone, and what it takes to learn it anew. */
export const resetReport = ({ purchases, events }: Reset): readonly string[] => [
  `forgot ${purchases} purchases and ${events} events`,
  'To learn them anew, replay both in the store, since the marks of cancelled orders are forgotten too:',
  '  outbox replay --sent --type orders.order-placed',
  '  outbox replay --sent --type orders.order-cancelled',
  'That reaches back OUTBOX_RETENTION_SECONDS of the store: what was learned of older orders is gone.',
];
