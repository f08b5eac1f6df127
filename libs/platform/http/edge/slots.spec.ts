import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.js';

const named = (name: string) => ({ name });

describe('slots', () => {
  it('hold what was added and not removed', () => {
    const slots = new Slots<object>();
    const [first, second, third] = [named('first'), named('second'), named('third')];
    slots.add(first);
    const place = slots.add(second);
    slots.add(third);
    slots.remove(place);

    expect([...slots]).toEqual([first, third]);
    expect(slots.size).toBe(2);
  });

  it('give a place that is free to the next one: they never grow beyond the most that there were at one time', () => {
    const slots = new Slots<object>();
    const places = new Set<number>();
    for (let round = 0; round < 1_000; round += 1) {
      const [one, other] = [slots.add(named('one')), slots.add(named('other'))];
      places.add(one).add(other);
      slots.remove(one);
      slots.remove(other);
    }

    expect(places.size).toBe(2);
    expect(slots.size).toBe(0);
    expect([...slots]).toEqual([]);
  });

  it('may lose one while they are gone through', () => {
    const slots = new Slots<{ name: string }>();
    const places = ['first', 'second', 'third'].map((name) => slots.add(named(name)));
    const met: string[] = [];
    for (const { name } of slots) {
      met.push(name);
      if (name === 'first') slots.remove(places[1] ?? -1);
    }

    expect(met).toEqual(['first', 'third']);
  });
});
