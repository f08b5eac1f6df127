import { describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { kindOfLine } from './line-kind.js';

const kindOf = (fields: unknown, message = 'x') => kindOfLine(40, fields, message);
const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const noBook = () => new TypeError("Cannot read properties of undefined (reading 'id')");
const noShelf = () => new TypeError("Cannot read properties of undefined (reading 'id')");
const inRoute = (route: string) =>
  runInRequest(newRequestContext({ deadline: new Deadline(1000), route }), () => kindOf({ errorCode: 'a.b' }));

describe('two lines are of two kinds', () => {
  it.each([
    ['errors of one text from other code', kindOf({ err: noBook() }), kindOf({ err: noShelf() })],
    ['other statuses', kindOf({}, 'answered with 503'), kindOf({}, 'answered with 401')],
    ['other routes', inRoute('/v1/a'), inRoute('/v1/b')],
    ['other dependencies', kindOf({ dependency: 'redis' }), kindOf({ dependency: 'recommender' })],
    ['other consumers', kindOf({ consumer: 'a' }), kindOf({ consumer: 'b' })],
    ['other types of event', kindOf({ eventType: 'a' }), kindOf({ eventType: 'b' })],
    [
      'aggregates of other errors',
      kindOf({ err: new AggregateError([coded('a', 'A')]) }),
      kindOf({ err: new AggregateError([coded('b', 'B')]) }),
    ],
    ['thrown texts', kindOf({ err: 'one' }), kindOf({ err: 'another' })],
    ['texts that differ late', kindOf({}, `${'x'.repeat(500)} a`), kindOf({}, `${'x'.repeat(500)} b`)],
  ])('that are of %s', (_what, one, other) => {
    expect(one).not.toBe(other);
  });
});

describe('two lines are of one kind', () => {
  it.each([
    ['numbers', kindOf({}, 'try 7 of 123'), kindOf({}, 'try 8 of 124')],
    ['errors from the same code', ...[1, 2].map(() => kindOf({ err: noBook() }))],
    ['places, of errors that have a code', kindOf({ err: coded('a', 'A') }), kindOf({ err: coded('a', 'A') })],
  ])('with other %s', (_what, one, other) => {
    expect(one).toBe(other);
  });

  it('whatever their length, in little memory', () => {
    expect(kindOf({ err: new Error('x'.repeat(100_000)) }).length).toBeLessThan(40);
  });
});
