/** What may have become of an event of the outbox. */
export const OUTBOX_CONDITIONS = ['pending', 'parked', 'sent'] as const;
export type OutboxCondition = (typeof OUTBOX_CONDITIONS)[number];
