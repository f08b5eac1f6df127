import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { appError, type ErrorKind } from '#kernel/app-error';
import { SettableClock } from '#kernel/testing/settable-clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { DeadlineExceeded } from '#platform/deadline';
import { IdempotencyKeyInUse, IdempotencyKeyReused, ValidationFailed } from '#platform/errors';
import { aUnitOfWork } from '#platform/testing';
import type { Answer } from './answer.js';
import { OnceOnly, type Work } from './once-only.js';
import type { Claim } from './store/idempotency-store.js';
import { MemoryIdempotencyStore } from './store/memory-idempotency-store.js';
import { LineBusy, LineRefused } from './testing/ledger.controller.js';
import { aRecord, idOf } from './testing/record.builder.js';

const { id, fingerprint, callerId, method, route, requestId } = aRecord();
const REQUEST = { id, fingerprint, callerId, method, route, requestId };

const anAnswer = (body: string, status = 201): Answer => ({ status, headers: { etag: '"1"' }, body, errorCode: null });

/** Its runs are numbered; a refusal tells its message. */
function aWork(carryOut: (run: number) => Promise<Answer> = (run) => Promise.resolve(anAnswer(`run ${run}`))) {
  const runs = jest.fn(carryOut);
  const work: Work = {
    carryOut: () => runs(runs.mock.calls.length + 1),
    refusal: ({ message, code }) => ({ ...anAnswer(message, 409), errorCode: code }),
  };
  return { work, runs };
}

/** Says for as many claims as asked that the place is free, as Postgres does when a twin commits in that moment. */
class LateStore extends MemoryIdempotencyStore {
  blindFor = 0;
  claims = 0;

  override claim(wanted: string, now: Date): Promise<Claim> {
    this.claims += 1;
    if (this.blindFor === 0) return super.claim(wanted, now);
    this.blindFor -= 1;
    return Promise.resolve('free');
  }
}

/** Units run side by side, as they do over Postgres. */
class SideBySide extends UnitOfWork {
  override run<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  override record(): void {}
}

function aRig(unitOfWork: UnitOfWork = aUnitOfWork().unitOfWork) {
  const [store, clock] = [new LateStore(), new SettableClock()];
  const onceOnly = new OnceOnly(unitOfWork, store, clock, { retentionSeconds: 3_600 });
  const answer = (work: Work, request = REQUEST) => onceOnly.answer(request, work, 'read committed');
  return { store, clock, answer };
}

describe('a keyed request', () => {
  it('is carried out, and after that answered with what was kept', async () => {
    const { answer } = aRig();
    const { work, runs } = aWork();

    expect(await answer(work)).toEqual({ answer: anAnswer('run 1'), outcome: 'executed' });
    expect(await answer(work)).toEqual({ answer: anAnswer('run 1'), outcome: 'replayed' });
    expect(runs).toHaveBeenCalledTimes(1);
  });

  it('is another one under another id', async () => {
    const { answer } = aRig();
    const { work } = aWork();
    await answer(work);

    expect(await answer(work, { ...REQUEST, id: idOf('another') })).toMatchObject({ outcome: 'executed' });
  });

  it('is refused when something else was asked for under its id', async () => {
    const { answer } = aRig();
    const { work, runs } = aWork();
    await answer(work);

    await expect(answer(work, { ...REQUEST, fingerprint: idOf('else') })).rejects.toBeInstanceOf(IdempotencyKeyReused);
    expect(runs).toHaveBeenCalledTimes(1);
  });

  it('is carried out anew when its time is over, to the millisecond', async () => {
    const { answer, clock } = aRig();
    const { work } = aWork();
    await answer(work);

    clock.passSeconds(3_599.999);
    expect(await answer(work)).toMatchObject({ outcome: 'replayed' });
    clock.passSeconds(0.001);
    expect(await answer(work)).toEqual({ answer: anAnswer('run 2'), outcome: 'executed' });
    expect(await answer(work)).toEqual({ answer: anAnswer('run 2'), outcome: 'replayed' });
  });

  it('finds its twin at work, and does not wait', async () => {
    const { answer } = aRig();
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { work, runs } = aWork(async (run) => {
      begun.resolve();
      await gate.promise;
      return anAnswer(`run ${run}`);
    });
    const first = answer(work);
    await begun.promise;

    await expect(answer(work)).rejects.toBeInstanceOf(IdempotencyKeyInUse);
    gate.resolve();
    await first;
    expect(await answer(work)).toMatchObject({ outcome: 'replayed' });
    expect(runs).toHaveBeenCalledTimes(1);
  });
});

describe.each([
  ['one after the other', () => aUnitOfWork().unitOfWork],
  ['side by side', () => new SideBySide()],
])('twins of a request that is not answered, where units run %s', (_how, unitOfWork) => {
  it('are refused without a claim: one that comes with it, and all that come after that one was refused', async () => {
    const { answer, store } = aRig(unitOfWork());
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { work, runs } = aWork(async () => {
      begun.resolve();
      await gate.promise;
      return anAnswer('done');
    });
    const winner = answer(work);
    const outcomeOf = (twin: Promise<unknown>) => twin.catch((error: unknown) => error);
    const first = outcomeOf(answer(work));
    await begun.promise;
    await turn();
    const later = Array.from({ length: 5 }, () => outcomeOf(answer(work)));
    await turn();

    expect(store.claims).toBe(1);
    gate.resolve();
    for (const twin of [first, ...later]) expect(await twin).toBeInstanceOf(IdempotencyKeyInUse);
    expect(await winner).toMatchObject({ outcome: 'executed' });
    expect(await answer(work)).toMatchObject({ outcome: 'replayed' });
    expect(runs).toHaveBeenCalledTimes(1);
  });
});

describe('a twin at work in another process', () => {
  it('is looked for again by each that comes: a refusal of it leaves nothing behind here', async () => {
    const { answer, store } = aRig();
    jest.spyOn(store, 'claim').mockResolvedValueOnce('in-use');

    await expect(answer(aWork().work)).rejects.toBeInstanceOf(IdempotencyKeyInUse);
    expect(await answer(aWork().work)).toMatchObject({ outcome: 'executed' });
  });
});

describe('a refusal', () => {
  const refused = aWork(() => Promise.reject(new LineRefused('as it stands')));

  it('is kept, and given again though the work would be done now', async () => {
    const { answer } = aRig();
    const { work, runs } = aWork();
    const told = { ...anAnswer('as it stands', 409), errorCode: 'trial.line-refused' };

    expect(await answer(refused.work)).toEqual({ answer: told, outcome: 'refused' });
    expect(await answer(work)).toEqual({ answer: told, outcome: 'replayed' });
    expect(runs).not.toHaveBeenCalled();
  });

  it.each<ErrorKind>(['conflict', 'forbidden', 'not-found'])('is final when its kind is %s', async (kind) => {
    const code = `trial.refused-${kind}`;
    class Refused extends appError({ code, kind, title: 'Refused', remedy: 'None.' }) {}
    const { answer } = aRig();

    const first = await answer(aWork(() => Promise.reject(new Refused('for good'))).work);
    expect(first).toMatchObject({ outcome: 'refused', answer: { errorCode: code } });
    expect(await answer(aWork().work)).toEqual({ answer: first.answer, outcome: 'replayed' });
  });

  it('makes way for what a twin has kept first', async () => {
    const { answer, store } = aRig();
    await answer(aWork().work);
    store.blindFor = 1;

    expect(await answer(refused.work)).toEqual({ answer: anAnswer('run 1'), outcome: 'replayed' });
  });

  it('of something else than the twin had been asked for is the refusal of the key', async () => {
    const { answer, store } = aRig();
    await answer(aWork().work);
    store.blindFor = 1;

    const attempt = answer(refused.work, { ...REQUEST, fingerprint: idOf('else') });
    await expect(attempt).rejects.toBeInstanceOf(IdempotencyKeyReused);
  });
});

describe('what is no final refusal', () => {
  it.each([
    ['a failure of ours', new Error('broken')],
    ['a lost race', new LineBusy('passes')],
    ['a request that is over', new DeadlineExceeded(50)],
    ['a body that is not valid', new ValidationFailed([])],
  ])('leaves nothing behind: %s', async (_what, error) => {
    const { answer, store } = aRig();

    await expect(answer(aWork(() => Promise.reject(error)).work)).rejects.toBe(error);
    expect(store.size).toBe(0);
    expect(await answer(aWork().work)).toMatchObject({ outcome: 'executed' });
  });
});

describe('a twin that commits between the look and the lock', () => {
  it('is found out when the answer is to be kept: the work is undone, and its answer given', async () => {
    const { answer, store } = aRig();
    await answer(aWork().work);
    const second = aWork();
    store.blindFor = 1;

    expect(await answer(second.work)).toEqual({ answer: anAnswer('run 1'), outcome: 'replayed' });
    expect(second.runs).toHaveBeenCalledTimes(1);
    expect(store.size).toBe(1);
  });

  it('twice in a row is more than is waited for', async () => {
    const { answer, store } = aRig();
    await answer(aWork().work);
    store.blindFor = 2;

    await expect(answer(aWork().work)).rejects.toBeInstanceOf(IdempotencyKeyInUse);
    expect(await answer(aWork().work)).toMatchObject({ outcome: 'replayed' });
  });
});
