import { describe, expect, it } from '@jest/globals';
import { Unit } from './current-unit.js';

describe('a unit of work', () => {
  it.each([
    { whole: true, parts: [true, true], repeatable: true },
    { whole: true, parts: [false, true], repeatable: false },
    { whole: true, parts: [true, false], repeatable: false },
    { whole: false, parts: [true, true], repeatable: false },
  ])('of $whole with parts of $parts may be repeated: $repeatable', ({ whole, parts, repeatable }) => {
    const unit = new Unit('read committed', whole);
    for (const part of parts) unit.takeIn({ repeatable: part });

    expect(unit.repeatable).toBe(repeatable);
  });

  it('is not repeatable any more after a part that does not say that it is', () => {
    const unit = new Unit('read committed', true);
    unit.takeIn({});

    expect(unit.repeatable).toBe(false);
  });
});
