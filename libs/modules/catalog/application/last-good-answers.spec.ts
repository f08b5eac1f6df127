import { describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { ANSWERS_KEPT_MAX, LastGoodAnswers } from './last-good-answers.js';

function remembering() {
  const clock = new SettableClock();
  return { clock, answers: new LastGoodAnswers(clock, { liveMs: 1, productsMs: 1, staleSeconds: 60 }) };
}

describe('LastGoodAnswers', () => {
  it('recalls the last answer of a product, and of no other', () => {
    const { answers } = remembering();
    answers.remember('kettle', ['filters']);
    answers.remember('kettle', ['grinder', 'filters']);

    expect(answers.recall('kettle')).toEqual(['grinder', 'filters']);
    expect(answers.recall('teapot')).toBeNull();
  });

  it('recalls until the bound of its age, and never after', () => {
    const { clock, answers } = remembering();
    answers.remember('kettle', ['filters']);

    clock.passSeconds(60);
    expect(answers.recall('kettle')).toEqual(['filters']);

    clock.passSeconds(1);
    expect(answers.recall('kettle')).toBeNull();
  });

  it('does not make an answer younger by recalling it', () => {
    const { clock, answers } = remembering();
    answers.remember('kettle', ['filters']);
    clock.passSeconds(40);
    answers.recall('kettle');
    clock.passSeconds(40);

    expect(answers.recall('kettle')).toBeNull();
  });

  it('forgets a product of which nothing is known any more', () => {
    const { answers } = remembering();
    answers.remember('kettle', ['filters']);

    answers.remember('kettle', []);

    expect(answers.recall('kettle')).toBeNull();
  });

  it('keeps no more than its bound: what was not asked for longest goes first', () => {
    const { answers } = remembering();
    for (let n = 0; n < ANSWERS_KEPT_MAX; n += 1) answers.remember(`product ${n}`, ['filters']);
    answers.recall('product 0');

    answers.remember('one more', ['filters']);

    expect(answers.recall('product 0')).not.toBeNull();
    expect(answers.recall('product 1')).toBeNull();
    expect(answers.recall('product 2')).not.toBeNull();
    expect(answers.recall('one more')).not.toBeNull();
  });
});
