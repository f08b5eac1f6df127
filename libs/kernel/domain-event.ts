/**
 * A fact that others may act upon. An aggregate records it, the unit of work keeps it with the change that it tells of,
 * and it is told after the commit: at least once, and in order for each subject.
 */
export interface DomainEvent<Data extends object = object> {
  /** UUID: whoever is told twice knows by it. */
  readonly id: string;
  /** `<module>.<fact>.v<version>`, such as `orders.order-placed.v1`: stable for ever, since others subscribe to it. */
  readonly type: string;
  /** Id of the aggregate that it happened to. */
  readonly subject: string;
  readonly occurredAt: Date;
  /** What JSON can say, the same for every reader of this type. */
  readonly data: Data;
}
