/** `orders.order-placed.v1`: what happened, and the version of how it is told. */
const EVENT_TYPE = /^([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)\.v([1-9][0-9]{0,3})$/;

/** Longer than any name that people give; it is a subject of the broker and a column of the outbox. */
export const EVENT_TYPE_LENGTH_MAX = 120;

export interface EventType {
  /** Without the version: `orders.order-placed`. Who knows one version of a family hears of the others too. */
  readonly family: string;
  readonly version: number;
}

/** Null when it is none. */
export function eventTypeOf(type: string): EventType | null {
  if (type.length > EVENT_TYPE_LENGTH_MAX) return null;
  const [, family, version] = EVENT_TYPE.exec(type) ?? [];
  return family === undefined ? null : { family, version: Number(version) };
}

/** The module that tells it: `orders`. */
export const moduleOf = (type: string): string => type.slice(0, type.indexOf('.'));
