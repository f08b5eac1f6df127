import { UndeliverableEvent } from './undeliverable-event.js';

/** An event that isn't what its type promises: it will not get better by being delivered again. */
export class EventUnreadable extends UndeliverableEvent {
  override readonly name = 'EventUnreadable';

  /** @param reason continues "The event can't be read: ", and holds nothing of the content */
  constructor(reason: string, options?: ErrorOptions) {
    super(`The event can't be read: ${reason}.`, options);
  }
}
