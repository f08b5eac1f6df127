/** Delivering it again changes nothing: it is parked at once, until somebody has seen to it. */
export abstract class UndeliverableEvent extends Error {}
