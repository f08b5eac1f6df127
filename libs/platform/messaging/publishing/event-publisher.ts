import type { CloudEvent } from '../event/cloud-event.js';

/** The broker can't be reached, or doesn't answer: that says nothing of the event, which is tried again until it is. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';

  constructor(options?: ErrorOptions) {
    super('The broker is unavailable.', options);
  }
}

/** How events leave: to the consumers in this process, or to a broker. */
export abstract class EventPublisher {
  /** `messaging.system` in traces. */
  abstract readonly system: string;

  /** Events that may be on their way at one time. */
  abstract readonly concurrency: number;

  /**
   * Resolves when the event is safe with whoever takes it from here.
   * @param messageId the broker takes no message twice with one id, for a while
   * @throws BrokerUnavailable; anything else is a fault of this event, or of its consumers
   */
  abstract publish(event: CloudEvent, messageId: string): Promise<void>;
}
