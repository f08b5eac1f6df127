import { Clock } from '../clock.js';

/** A clock that goes on when a test says so. */
export class SettableClock extends Clock {
  constructor(private nowMs = Date.UTC(2026, 0, 15)) {
    super();
  }

  override now(): Date {
    return new Date(this.nowMs);
  }

  passSeconds(seconds: number): void {
    this.nowMs += seconds * 1_000;
  }
}
