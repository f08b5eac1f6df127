import { describe, expect, it } from '@jest/globals';
import { NEW_KEY } from './plan.js';
import { Target } from './target.js';

const request = (text: string) => ({ text, status: 200, body: null, changing: [] });

describe('the requests to a target', () => {
  it('come round in their order', () => {
    const target = new Target(0, [request('one'), request('two')]);
    const sent = [1, 2, 3].map(() => target.next().bytes.toString());

    expect(sent).toEqual(['one', 'two', 'one']);
  });

  it('have a key of the same length that nobody has used', () => {
    const target = new Target(0, [request(`key: ${NEW_KEY}\r\n`)]);
    const keys = [1, 2, 3].map(() => target.next().bytes.toString().slice('key: '.length, -2));

    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^bench-[0-9a-z]{14}-\d{15}$/);
  });
});
