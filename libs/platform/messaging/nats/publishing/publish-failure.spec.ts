import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { describe, expect, it } from '@jest/globals';
import { EventRefused } from './event-refused.js';
import { isUnheard, publishFailure } from './publish-failure.js';

const api = (code: number, err_code: number): JetStreamApiError =>
  new JetStreamApiError({ code, err_code, description: 'as the server says' });

describe('publishFailure', () => {
  it.each([
    ['a message above the limit of the stream', api(400, 10_054)],
    ['headers that are too large', api(400, 10_097)],
    ['a payload above the limit of the server', errors.InvalidArgumentError.format('payload', 'max_payload')],
    ['a subject that is none', new errors.InvalidSubjectError('orders order')],
  ])("takes %s for the event's own fault", (_what, error) => {
    expect(publishFailure(error)).toBeInstanceOf(EventRefused);
    expect(publishFailure(error).kind).toBe('rejected');
  });

  it.each([
    ['an account without room', api(400, 10_002)],
    ['a sealed stream', api(400, 10_109)],
    ['the same id on its way', api(409, 10_158)],
    ['a cluster without a leader', api(503, 10_008)],
    ['a silent broker', new errors.TimeoutError()],
  ])('takes %s for a broker that is unavailable', (_what, error) => {
    expect(publishFailure(error)).not.toBeInstanceOf(EventRefused);
    expect(publishFailure(error).kind).toBe('retryable');
  });
});

describe('isUnheard', () => {
  it('knows a subject that nobody takes from one that is slow', () => {
    const unheard = new errors.RequestError('no responders', { cause: new errors.NoRespondersError('orders.x') });

    expect(isUnheard(new Error('jetstream is not enabled', { cause: unheard }))).toBe(true);
    expect(isUnheard(new errors.TimeoutError())).toBe(false);
  });
});
