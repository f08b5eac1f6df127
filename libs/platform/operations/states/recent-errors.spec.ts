import { beforeEach, describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { newRequestContext } from '#platform/context';
import { Deadline } from '#platform/deadline';
import type { ResponseOutcome } from '#platform/http';
import { KINDS_MAX, RecentErrors } from './recent-errors.js';

const outcome = (over: Partial<ResponseOutcome> = {}, requestId = 'r'): ResponseOutcome => ({
  ...{ method: 'GET', route: '/v1/products/:id', status: 503, durationMs: 12, url: '/v1/products/1?secret=x' },
  ...{ headers: {}, context: newRequestContext({ deadline: new Deadline(1_000), requestId }) },
  ...over,
});

describe('RecentErrors', () => {
  let clock: SettableClock;
  let errors: RecentErrors;
  beforeEach(() => {
    clock = new SettableClock();
    errors = new RecentErrors(clock);
  });

  it.each([500, 503, 504, 429, 499])('takes note of a %i', (status) => {
    errors.responded(outcome({ status }));

    expect(errors.latest).toMatchObject([{ status, count: 1 }]);
  });

  it.each([200, 304, 401, 404, 422])('leaves a %i to the client', (status) => {
    errors.responded(outcome({ status }));

    expect(errors.latest).toEqual([]);
  });

  it('counts one kind together, from its first to its last, whose ids it has', () => {
    errors.responded(outcome({}, 'first'));
    clock.passSeconds(60);
    errors.responded(outcome({ durationMs: 7 }, 'last'));

    const [kind] = errors.latest;
    expect(kind).toMatchObject({ count: 2, requestId: 'last', lastDurationMs: 7, code: null });
    expect((kind?.lastAtMs ?? 0) - (kind?.firstAtMs ?? 0)).toBe(60_000);
  });

  it('tells kinds apart by method, route, status and code, the newest first', () => {
    errors.responded(outcome());
    errors.responded(outcome({ method: 'POST' }));
    errors.responded(outcome({ route: '/v1/orders' }));
    errors.responded(outcome({ status: 500 }));
    const coded = outcome();
    coded.context.errorCode = 'platform.overloaded';
    errors.responded(coded);
    errors.responded(outcome());

    expect(errors.latest.map(({ count }) => count)).toEqual([2, 1, 1, 1, 1]);
    expect(errors.latest[1]).toMatchObject({ code: 'platform.overloaded' });
  });

  it('keeps a bounded number of kinds: the oldest goes', () => {
    for (let n = 0; n <= KINDS_MAX; n += 1) errors.responded(outcome({ route: `/${n}` }));

    expect(errors.latest).toHaveLength(KINDS_MAX);
    expect(errors.latest.at(-1)?.route).toBe('/1');
  });

  it('keeps nothing of the URL', () => {
    errors.responded(outcome());

    expect(JSON.stringify(errors.latest)).not.toMatch(/secret|products\/1/);
  });
});
