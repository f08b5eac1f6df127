export { ClientDisconnected, Deadline, DeadlineExceeded, type EndReason } from './deadline.js';
export { Ending } from './ending.js';
export { LoopWatch } from './loop-watch.js';
export { untilEnd } from './until-end.js';
export { withinDeadline } from './within-deadline.js';
