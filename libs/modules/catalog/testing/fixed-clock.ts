import { Clock } from '#kernel/clock';

/** A clock that stands still. */
export class FixedClock extends Clock {
  constructor(private readonly time: Date) {
    super();
  }

  override now(): Date {
    return new Date(this.time);
  }
}
