import { fieldsOf, type Field } from './protobuf.js';

export type AttributeValue = string | number | boolean | readonly AttributeValue[];

/** A span as a collector sees it. */
export interface ReceivedSpan {
  /** `service.name` of who sent it. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where the trace begins. */
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  readonly kind: string;
  readonly durationMs: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly failed: boolean;
}

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS_ERROR = 2n;

/** The spans of an ExportTraceServiceRequest: opentelemetry-proto, collector/trace/v1 and trace/v1. */
export const spansIn = (request: Buffer): ReceivedSpan[] => all(request, 1).flatMap(spansOfResource);

function spansOfResource(resourceSpans: Buffer): ReceivedSpan[] {
  const resource = attributesOf(all(resourceSpans, 1).flatMap((each) => all(each, 1)));
  const spans = all(resourceSpans, 2).flatMap((scopeSpans) => all(scopeSpans, 2));
  return spans.map((span) => spanOf(span, String(resource['service.name'])));
}

function spanOf(message: Buffer, service: string): ReceivedSpan {
  const fields = fieldsOf(message);
  const find = (number: number) => fields.find((field) => field.number === number);
  const hex = (number: number) => find(number)?.bytes.toString('hex') ?? '';
  const text = (number: number) => find(number)?.bytes.toString('utf8') ?? '';
  const integer = (number: number) => find(number)?.integer ?? 0n;
  return {
    ...{ service, traceId: hex(1), spanId: hex(2), traceState: text(3), parentSpanId: hex(4), name: text(5) },
    kind: KINDS[Number(integer(6))] ?? '',
    durationMs: Number(integer(8) - integer(7)) / 1e6,
    attributes: attributesOf(all(message, 9)),
    failed: all(message, 15).some((status) => fieldsOf(status).some(isError)),
  };
}

const isError = ({ number, integer }: Field): boolean => number === 3 && integer === STATUS_ERROR;

/** Of each `KeyValue`. */
function attributesOf(pairs: readonly Buffer[]): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const pair of pairs) attributes[String(all(pair, 1)[0])] = valueOf(all(pair, 2)[0]);
  return attributes;
}

/** Of an `AnyValue`. */
function valueOf(message: Buffer | undefined): AttributeValue {
  const [field] = message ? fieldsOf(message) : [];
  if (!field) return '';
  const { number, integer, bytes } = field;
  if (number === 1) return bytes.toString('utf8');
  if (number === 2) return integer === 1n;
  if (number === 3) return Number(BigInt.asIntN(64, integer));
  if (number === 4) return bytes.readDoubleLE();
  return number === 5 ? all(bytes, 1).map(valueOf) : '';
}

const all = (message: Buffer, number: number): Buffer[] =>
  fieldsOf(message)
    .filter((field) => field.number === number)
    .map(({ bytes }) => bytes);
