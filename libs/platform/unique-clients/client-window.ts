/** A stretch of time whose clients are counted: the bucket that is under way, and so many full ones before it. */
export interface ClientWindow {
  readonly bucketMs: number;
  readonly fullBuckets: number;
}

export type ClientWindowName = 'minute' | 'day';

/**
 * Both slide: a window that began at midnight, or with the minute, would fall to nothing there, which is no news of the
 * clients. They slide by a bucket, so that a count is of 60 to 70 seconds, and of 24 to 25 hours.
 */
export const CLIENT_WINDOWS: Readonly<Record<ClientWindowName, ClientWindow>> = {
  minute: { bucketMs: 10_000, fullBuckets: 6 },
  day: { bucketMs: 3_600_000, fullBuckets: 24 },
};

/** Numbers of buckets are the same in every replica, as far as their clocks are. */
export const bucketAt = ({ bucketMs }: ClientWindow, nowMs: number): number => Math.floor(nowMs / bucketMs);

/** The buckets that a window is made of now, the newest first. */
export function bucketsAt(window: ClientWindow, nowMs: number): number[] {
  const newest = bucketAt(window, nowMs);
  return Array.from({ length: window.fullBuckets + 1 }, (_, age) => newest - age);
}
