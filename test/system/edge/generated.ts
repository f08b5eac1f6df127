import fc from 'fast-check';

/** What has broken somebody's validation before. */
const nasty = fc.constantFrom<unknown>(
  ...['', ' ', '\0', '\ud800', '❤\ufe0f'.repeat(150), 'x'.repeat(3000), '__proto__', 'EUR', 'JPY', "'; --"],
  ...[0, -0, -1, 1, 1.5, 2 ** 31, 2 ** 53, 1e21, -1e308, 1_000_000, 1_000_000_000_000],
  ...[null, true, [], {}, [[]], [{}], { amount: 1 }],
);
const json = fc.jsonValue({ maxDepth: 4 });
const anything = fc.oneof(nasty, json);
const key = fc.oneof(fc.string(), fc.constantFrom('id', 'version', 'constructor', '__proto__', 'toString', 'price'));

type Body = Readonly<Record<string, unknown>>;

/** The body with one of its fields gone, another value in one, or one field more. */
const mutated = (valid: fc.Arbitrary<Body>): fc.Arbitrary<unknown> =>
  valid.chain((body) =>
    fc.oneof(
      fc.constantFrom(...Object.keys(body)).map((name) => ({ ...body, [name]: undefined })),
      fc.tuple(fc.constantFrom(...Object.keys(body)), anything).map(([name, value]) => ({ ...body, [name]: value })),
      fc.tuple(key, anything).map(([name, value]) => Object.fromEntries([...Object.entries(body), [name, value]])),
    ),
  );

/** A body as text: valid, nearly valid, any JSON, or JSON that is cut off. */
export const bodyLike = (valid: fc.Arbitrary<Body>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: valid.map(written) },
    { weight: 4, arbitrary: mutated(valid).map(written) },
    { weight: 2, arbitrary: json.map(written) },
    { weight: 1, arbitrary: fc.tuple(valid.map(written), fc.nat(60)).map(([text, end]) => text.slice(0, end)) },
  );
const written = (value: unknown): string => JSON.stringify(value) ?? '';

const money = fc.record({ amount: fc.nat(1_000_000), currency: fc.constantFrom('EUR', 'USD', 'JPY') });
const name = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const category = fc.constantFrom('audio', 'garden', 'coffee-and-tea');

export const newProduct: fc.Arbitrary<Body> = fc.record({
  sku: fc.uuid().map((id) => id.toUpperCase()),
  name,
  description: fc.string({ maxLength: 200, unit: 'grapheme' }),
  category,
  price: money,
  stock: fc.nat(1_000_000),
});
export const changes: fc.Arbitrary<Body> = fc.record({ name, category, price: money });
export const adjustment: fc.Arbitrary<Body> = fc.record({ delta: fc.integer({ min: -20, max: 40 }), reason: name });

/** An order of some of the products, or of none that there are. */
export const newOrder = (productIds: readonly string[]): fc.Arbitrary<Body> =>
  fc.record({
    lines: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.uniqueArray(
          fc.record({
            productId: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...productIds) }, fc.uuid()),
            quantity: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer()),
          }),
          { maxLength: 4, selector: ({ productId }) => productId },
        ),
      },
      { weight: 1, arbitrary: fc.array(anything, { maxLength: 4 }) },
    ),
  });

/** Anything that one line of a header can hold, and what is nearly an entity tag. An empty one is no header. */
export const ifMatch: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '"1"',
      'W/"1"',
      '1',
      '""',
      '"1", "2"',
      '"1",',
      '"99999999999"',
      `"${'1'.repeat(2000)}"`,
    ),
  },
  { weight: 1, arbitrary: fc.nat(50).map((version) => `"${version}"`) },
  { weight: 1, arbitrary: fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{0,40}$/) },
);

/** The id of one of the products, of none, or something else that fits into a path. */
export const idAmong = (ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.stringMatching(/^[!-~]{1,40}$/).map((text) => text.replaceAll(/[/?#]/g, '-')) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }).map(escaped) },
  );

const parameter = fc.oneof(
  fc.tuple(fc.constant('limit'), fc.oneof(fc.integer({ min: -2, max: 110 }).map(String), fc.string())),
  fc.tuple(fc.constant('sort'), fc.oneof(fc.constantFrom('name', '-price', 'createdAt', 'stock'), fc.string())),
  fc.tuple(fc.constant('status'), fc.oneof(fc.constantFrom('draft', 'active', 'sold'), fc.string())),
  fc.tuple(fc.constant('category'), fc.oneof(category, fc.string())),
  fc.tuple(fc.constant('cursor'), fc.base64String()),
  fc.tuple(fc.string(), fc.string()),
);
export const query: fc.Arbitrary<string> = fc
  .array(parameter, { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&'));

/** For a path or a query; a lone surrogate has no escape, and is written as the bytes that some clients send. */
function escaped(text: string): string {
  return [...text].map((char) => (char.isWellFormed() ? encodeURIComponent(char) : '%ED%A0%80')).join('');
}
