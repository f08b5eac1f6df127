/** The key that seals cursors: the same in every replica, known to nobody outside. */
export abstract class SealingKey {
  /** @throws DatabaseUnavailable, DatabaseTimeout while it can't be had */
  abstract get(): Promise<Buffer>;
}
