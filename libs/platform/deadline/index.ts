export { ClientDisconnected, Deadline, DeadlineExceeded, type EndReason } from './deadline.js';
export { untilEnd } from './until-end.js';
