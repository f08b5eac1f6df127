/** What had a bound on its time. */
export type Stretch = 'attempt' | 'call';

/** Why a signal was aborted: the time of one attempt, or of the whole call, is over. */
export class TimeSpent extends Error {
  constructor(
    readonly stretch: Stretch,
    timeoutMs: number,
  ) {
    super(`The ${stretch} was given ${Math.round(timeoutMs)} ms.`);
    this.name = 'TimeSpent';
  }
}
