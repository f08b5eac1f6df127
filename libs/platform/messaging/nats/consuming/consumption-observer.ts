/** Hears what becomes of events beside their delivery. It must not wait and must not throw. */
export abstract class ConsumptionObserver {
  /** @param type as the broker has it: also of an event that can't be read */
  abstract parked(consumer: string, type: string): void;
}
