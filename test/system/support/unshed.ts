/**
 * Settings of a store that refuses nothing because its event loop is late: where many ask at once and each answer counts, also
 * on a machine that stands still for half a second.
 */
export const UNSHED = { SHED_EVENT_LOOP_DELAY_MS: '10000' } as const;
