/** Bounds that nobody has had to change. All in milliseconds, save where they say so. */
export interface ConsumerBounds {
  /** Without a sign of life for so long the broker gives an event to another. A sign comes every third of it. */
  readonly ackWaitMs: number;
  /** Events of one durable that are with consumers or waiting for another try, in all processes together. */
  readonly ackPendingMax: number;
  /** One request for events; the next one follows. */
  readonly pullMs: number;
  /** While it waits, the broker gives a sign so often; after two that are missing it is asked anew. */
  readonly heartbeatMs: number;
  /** What a handler that is running may take after `stop`. It leaves time for the pools within SHUTDOWN_TIMEOUT_MS. */
  readonly stopMs: number;
}

export const CONSUMER_BOUNDS: ConsumerBounds = {
  ackWaitMs: 30_000,
  ackPendingMax: 1_000,
  pullMs: 10_000,
  heartbeatMs: 2_000,
  stopMs: 10_000,
};

/** How often an event is tried, and what lies between: exponential, from the first wait to the longest. */
export interface ConsumerTries {
  /** All of them, the first included. */
  readonly triesMax: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
}
