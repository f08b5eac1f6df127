/**
 * What a busy machine may add to a bound that a test holds a process to, in milliseconds: a quarter of a second on a
 * machine of one's own, a second on one that is shared, where a core may be away for longer than that quarter. Both are
 * far below what an absent bound would cost: the defaults of drivers and clients are ten seconds and more.
 */
export const SLACK_MS = process.env['CI'] ? 1_000 : 250;
