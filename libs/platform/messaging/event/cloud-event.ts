/**
 * An event on its way, as CloudEvents 1.0 has it in JSON, with the extension for distributed tracing.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface CloudEvent<Data extends object = Readonly<Record<string, unknown>>> {
  readonly specversion: '1.0';
  /** UUID. Unique with `source`: whoever sees it again has seen this event. */
  readonly id: string;
  /** Who tells it: `/mainstay/orders`. */
  readonly source: string;
  /** `orders.order-placed.v1`; also the subject on the broker. */
  readonly type: string;
  /** Id of the aggregate that it happened to: order is kept for each. */
  readonly subject: string;
  /** RFC 3339, in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** W3C Trace Context of the request that made it happen. */
  readonly traceparent: string;
  readonly data: Data;
}
