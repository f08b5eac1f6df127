/** Stable: what has been consumed is remembered under it, by the broker too. */
export const CONSUMER = 'recommendations';
