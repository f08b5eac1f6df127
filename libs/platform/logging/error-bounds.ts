/** Deepest chain of causes that is written, and that is told apart. */
export const CAUSE_DEPTH_MAX = 5;
/** Of an AggregateError: as many as a name has addresses, say. */
export const ERRORS_MAX = 5;
/** Errors of one line, whatever the chains and the aggregates in them are. */
export const ERRORS_TOTAL_MAX = 12;
