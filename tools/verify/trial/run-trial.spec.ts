import { describe, expect, it, jest } from '@jest/globals';
import type { Resource } from '../api/resource.ts';
import type { Stage } from '../stage/stage.ts';
import { attemptsOf, verdictOn, withoutRecovery } from './run-trial.ts';
import type { AnyTrial, Trial } from './trial.ts';

const evict = jest.fn(() => Promise.resolve());
const STAGE = { absent: { nats: 'there is no nats-server' }, evict } as unknown as Stage;
const HOLDS = { measured: 'one', bound: 'one', holds: true };

const aTrial = (own: Partial<Trial>): Trial => ({
  promise: 'C3',
  says: 'it holds',
  how: 'it is tried',
  run: () => Promise.resolve(HOLDS),
  ...own,
});
const on = (trial: AnyTrial, signal = new AbortController().signal) =>
  verdictOn({ trial, resource: null }, STAGE, signal);

describe('a trial', () => {
  it('passes by what it has found', async () => {
    expect(await on(aTrial({}))).toMatchObject({ outcome: 'pass', measured: 'one', bound: 'one', gaps: [] });
  });

  it('fails by what it has found', async () => {
    const run = () => Promise.resolve({ ...HOLDS, measured: 'two', holds: false });

    expect(await on(aTrial({ run }))).toMatchObject({ outcome: 'fail', measured: 'two', threw: false });
  });

  it('that throws has failed, and says why', async () => {
    const run = () => Promise.reject(new Error('nobody answers'));

    expect(await on(aTrial({ run }))).toMatchObject({ outcome: 'fail', measured: 'nobody answers', threw: true });
  });

  it('that hangs has failed at its bound', async () => {
    const run = () => new Promise<never>(() => undefined);

    expect(await on(aTrial({ run, timeoutMs: 20 }))).toMatchObject({
      outcome: 'fail',
      measured: 'It has not ended after 0.02 s.',
      threw: true,
    });
  });

  it('that hangs loses what it uses, so that it does not go on beside the next', async () => {
    evict.mockClear();
    await on(aTrial({ run: () => new Promise<never>(() => undefined), timeoutMs: 20 }));
    await on(aTrial({ run: () => Promise.reject(new Error('nobody answers')) }));

    expect(evict).toHaveBeenCalledTimes(1);
  });

  it('after which the replicas do not recover has failed, whatever it has found', async () => {
    expect(withoutRecovery(await on(aTrial({})))).toMatchObject({
      outcome: 'fail',
      measured: 'one; ✗ the replicas were not well again',
    });
  });

  it('whose service is not here is not tried, and says why', async () => {
    expect(await on(aTrial({ needs: ['nats'] }))).toMatchObject({
      outcome: 'not tried',
      gaps: ['there is no nats-server'],
    });
  });

  it('that is about nothing here is not tried, and says why', async () => {
    const run = () => Promise.resolve({ inapplicable: 'nothing is created' });

    expect(await on(aTrial({ run }))).toMatchObject({ outcome: 'not tried', gaps: ['nothing is created'] });
  });

  it('ends the run when that is called off', async () => {
    const calledOff = new AbortController();
    const run = () => new Promise<never>(() => undefined);
    const verdict = on(aTrial({ run }), calledOff.signal);
    calledOff.abort(new Error('Ctrl-C'));

    await expect(verdict).rejects.toThrow('Ctrl-C');
  });
});

it('what is tried on each resource is one attempt for each, in the order of the trials', () => {
  const resources = [{ name: 'orders' }, { name: 'parcels' }] as Resource[];
  const onEach = { ...aTrial({}), run: undefined, runOn: () => Promise.resolve(HOLDS) } as unknown as AnyTrial;
  const attempts = attemptsOf([onEach, aTrial({})], resources);

  expect(attempts.map(({ resource }) => resource?.name ?? null)).toEqual(['orders', 'parcels', null]);
});
