import { describe, expect, it } from '@jest/globals';
import { forgeries } from './forged-cursors.ts';

const PAYLOAD = Buffer.from('["2026-01-15T08:30:00.123Z"]').toString('base64url');
const CURSOR = `${PAYLOAD}.c2VhbHNlYWw`;

describe('the forgeries of a cursor', () => {
  const forged = forgeries(CURSOR);

  it('are none of them the cursor itself, and none like another', () => {
    expect(new Set([...forged, CURSOR]).size).toBe(forged.length + 1);
  });

  it('have a character changed in what is said, and in its seal', () => {
    const changedAt = forged
      .filter((text) => text.length === CURSOR.length)
      .map((text) => [...text].findIndex((character, at) => character !== CURSOR[at]));

    expect(changedAt).toEqual(expect.arrayContaining([2, CURSOR.length - 3]));
  });

  it('have another value under the same seal, and one without a seal', () => {
    const other = Buffer.from('["2026-01-15T08:30:00.124Z"]').toString('base64url');

    expect(forged).toEqual(expect.arrayContaining([`${other}.c2VhbHNlYWw`, PAYLOAD]));
  });
});
