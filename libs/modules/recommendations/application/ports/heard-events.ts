/** The memory of the events that were learned from. */
export abstract class HeardEvents {
  /** Forgets all of it, in the current unit of work: each event is listened to again. Gives how many there were. */
  abstract forget(): Promise<number>;
}
