import { Refusal } from '../process/refusal.ts';

/** A part of the system that is not as it should be. What it said last is the next thing to look at. */
export class PartFailed extends Refusal {
  /** `store-2`. */
  readonly who: string;

  constructor(who: string, what: string) {
    super(`${who} ${what}.`);
    this.name = 'PartFailed';
    this.who = who;
  }
}
