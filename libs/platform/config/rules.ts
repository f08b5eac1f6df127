import { isIP } from 'node:net';
import { buildMessage, ValidateBy, type ValidationOptions } from '#platform/validation';

/** Inclusive. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** TCP ports have 16 bits. */
const PORT_MAX = 65_535;

/** A whole number within bounds; `unit` makes the rule read well: `of rows`. */
export function WholeNumber(bounds: Bounds, unit = '', options?: ValidationOptions): PropertyDecorator {
  const { min, max } = ordered(bounds);
  const what = unit ? `a whole number ${unit}` : 'a whole number';
  return ruled('wholeNumber', `must be ${what} from ${min} to ${max}`, options, (value) => {
    return Number.isSafeInteger(value) && within(value, min, max);
  });
}

/** A whole number from 1, or `min`, to `max`. */
export function PositiveInteger({ min = 1, max }: Partial<Bounds> & Pick<Bounds, 'max'>): PropertyDecorator {
  if (min < 1) throw new RangeError('A positive integer starts at 1.');
  return WholeNumber({ min, max });
}

/** A TCP port; 0 lets the system choose a free one. */
export function Port(): PropertyDecorator {
  return WholeNumber({ min: 0, max: PORT_MAX });
}

/** A duration in milliseconds. */
export function DurationMs(bounds: Bounds): PropertyDecorator {
  return WholeNumber(bounds, 'of milliseconds');
}

/** A duration in seconds. */
export function DurationSeconds(bounds: Bounds): PropertyDecorator {
  return WholeNumber(bounds, 'of seconds');
}

/** A size in bytes. */
export function Bytes(bounds: Bounds): PropertyDecorator {
  return WholeNumber(bounds, 'of bytes');
}

/** A number with a fraction, 0 to 1 unless told. */
export function Ratio({ min, max }: Bounds = { min: 0, max: 1 }): PropertyDecorator {
  ordered({ min, max });
  return ruled('ratio', `must be a number from ${min} to ${max}`, undefined, (value) => within(value, min, max));
}

/** One of a closed set of words; with `{ each: true }` every item of a list is. */
export function OneOf(words: readonly string[], options?: ValidationOptions): PropertyDecorator {
  const known = new Set<unknown>(words);
  return ruled('oneOf', `must be one of: ${words.join(', ')}`, options, (value) => known.has(value));
}

/** An absolute URL of one of the protocols (without the colon), such as `['postgres', 'postgresql']`. */
export function Url({ protocols }: { protocols: readonly string[] }, options?: ValidationOptions): PropertyDecorator {
  const starts = protocols.map((protocol) => `${protocol}://`);
  const isOne = (value: string) => starts.some((start) => value.startsWith(start) && value.length > start.length);
  return ruled('url', `must be a URL that starts with ${starts.join(' or ')}`, options, (value) => {
    return typeof value === 'string' && isOne(value) && isUrl(value);
  });
}

/** IP addresses, and ranges in CIDR notation. */
export function NetworkRanges(): PropertyDecorator {
  return ruled('networkRanges', 'must be IP addresses or CIDR ranges', { each: true }, isNetworkRange);
}

/** Where a server listens: an address of this machine, and not a name that somebody else resolves. */
export function BindAddress(): PropertyDecorator {
  return ruled('bindAddress', 'must be an IP address, or localhost', {}, (value) => {
    return typeof value === 'string' && (value === 'localhost' || isIP(value) !== 0);
  });
}

/**
 * Web origins (RFC 6454, 6.1) as a browser writes them: scheme, host, and the port if it isn't the scheme's own. A `*` in
 * the place of a name is a host to URL.parse, and a promise that nobody keeps: origins are compared letter for letter.
 */
export function Origins(): PropertyDecorator {
  const words = 'must be origins such as https://shop.example.com, without a path';
  return ruled('origins', words, { each: true }, (value) => {
    return typeof value === 'string' && /^https?:[^*]+$/.test(value) && URL.parse(value)?.origin === value;
  });
}

function isNetworkRange(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', prefix, ...rest] = value.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits < 0 || rest.length > 0) return false;
  // A prefix of 0 is everybody: whoever means that has no list.
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits);
}

function isUrl(value: string): boolean {
  // URL.parse forgives blanks and line breaks, which are mistakes of copying here.
  if (/\s/.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && [url.username, url.password, url.pathname].every(isPercentEncoded);
}

/** `p%zz` is a URL to URL.parse, and an error to whoever decodes it later. */
function isPercentEncoded(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}

function within(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function ordered(bounds: Bounds): Bounds {
  if (bounds.min > bounds.max)
    throw new RangeError(`The bounds ${bounds.min} and ${bounds.max} are in the wrong order.`);
  return bounds;
}

function ruled(
  name: string,
  words: string,
  options: ValidationOptions | undefined,
  validate: (value: unknown) => boolean,
): PropertyDecorator {
  const defaultMessage = buildMessage((each) => `${each}$property ${words}`, options);
  return ValidateBy({ name, validator: { validate, defaultMessage } }, options);
}
