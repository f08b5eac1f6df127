import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CursorInvalid } from '#platform/errors';
import { CURSOR_LENGTH_MAX, CursorCodec } from './cursor-codec.js';
import { SealingKey } from './sealing-key.js';

const LIST = '["/v1/products",null,null,"name"]';

class FixedKey extends SealingKey {
  constructor(private readonly byte: number) {
    super();
  }

  override get(): Promise<Buffer> {
    return Promise.resolve(Buffer.alloc(32, this.byte));
  }
}

const codec = new CursorCodec(new FixedKey(7));
const position = fc.record({
  sortValue: fc.oneof(fc.string({ maxLength: 200, unit: 'grapheme' }), fc.integer(), fc.constant(1_000_000_000_000)),
  id: fc.uuid(),
});

describe('a cursor', () => {
  it('gives back the position that it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), position, async (list, place) => {
        expect(await codec.decode(list, await codec.encode(list, place))).toEqual(place);
      }),
    );
  });

  it.each(['\u0001'.repeat(200), '\u{1F600}'.repeat(200), '"'.repeat(200), 'é'.repeat(200)])(
    'is never longer than what is read, whatever the longest sort value is made of',
    async (sortValue) => {
      const cursor = await codec.encode(LIST, { sortValue, id: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' });
      expect(cursor.length).toBeLessThanOrEqual(CURSOR_LENGTH_MAX);
      expect((await codec.decode(LIST, cursor)).sortValue).toBe(sortValue);
    },
  );

  it('goes into a query string as it is', async () => {
    await fc.assert(
      fc.asyncProperty(position, async (place) => {
        const cursor = await codec.encode(LIST, place);
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  it('of another list is refused', async () => {
    const cursor = await codec.encode(LIST, { sortValue: 'a', id: 'b' });
    await expect(codec.decode('["/v1/products",null,null,"-name"]', cursor)).rejects.toBeInstanceOf(CursorInvalid);
  });

  it('of another key is refused', async () => {
    const foreign = await new CursorCodec(new FixedKey(8)).encode(LIST, { sortValue: 'a', id: 'b' });
    await expect(codec.decode(LIST, foreign)).rejects.toBeInstanceOf(CursorInvalid);
  });

  it('with any letter of its payload changed is refused', async () => {
    await fc.assert(
      fc.asyncProperty(position, fc.nat(), fc.base64String({ minLength: 4 }), async (place, at, letters) => {
        const cursor = await codec.encode(LIST, place);
        const index = at % cursor.indexOf('.');
        const letter = letters[0] === cursor[index] ? '_' : (letters[0] ?? '_');
        const tampered = cursor.slice(0, index) + letter + cursor.slice(index + 1);
        fc.pre(tampered !== cursor);
        await expect(codec.decode(LIST, tampered)).rejects.toBeInstanceOf(CursorInvalid);
      }),
    );
  });

  it.each(['', '.', 'a.b', 'WyJhIiwiYiJd', `WyJhIiwiYiJd.${'A'.repeat(22)}`, `${'A'.repeat(3000)}.${'A'.repeat(22)}`])(
    'of nonsense is refused: %j',
    async (nonsense) => {
      await expect(codec.decode(LIST, nonsense)).rejects.toBeInstanceOf(CursorInvalid);
    },
  );

  it('is refused or read, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 100 }), async (text) => {
        await expect(codec.decode(LIST, text)).rejects.toBeInstanceOf(CursorInvalid);
      }),
    );
  });

  it('has one form: the bits to spare in the last letter of its seal are not ignored', async () => {
    const cursor = await codec.encode(LIST, { sortValue: 'a', id: 'b' });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const neighbour = alphabet[alphabet.indexOf(cursor.at(-1) ?? '') + 1] ?? '_';

    await expect(codec.decode(LIST, cursor.slice(0, -1) + neighbour)).rejects.toBeInstanceOf(CursorInvalid);
  });
});
