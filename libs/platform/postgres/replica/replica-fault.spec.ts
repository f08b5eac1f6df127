import { describe, expect, it } from '@jest/globals';
import { ClientDisconnected, DeadlineExceeded } from '#platform/deadline';
import { DatabaseTimeout } from '../database.errors.js';
import { translateDatabaseError } from '../translate-database-error.js';
import { isFaultOfReplica, makesDoubtful } from './replica-fault.js';

const withCode = (code: string, message = 'no'): unknown =>
  translateDatabaseError(Object.assign(new Error(message), { code }));

describe('a statement that failed on the read replica', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a reset connection', withCode('ECONNRESET')],
    ['a server that goes down', withCode('57P01')],
    ['a server that starts', withCode('57P03')],
    ['a server that is full', withCode('53300')],
    ['a pool that is full', translateDatabaseError(new Error('timeout exceeded when trying to connect'))],
    ['a connection that was lost', translateDatabaseError(new Error('Connection terminated unexpectedly'))],
    ['silence', new DatabaseTimeout()],
    ['a forgotten prepared statement', withCode('26000')],
    ['a changed prepared statement', withCode('0A000')],
  ])('is asked anew of the primary after %s, and the replica is in doubt', (_what, fact) => {
    expect([isFaultOfReplica(fact), makesDoubtful(fact)]).toEqual([true, true]);
  });

  it.each([
    ['a conflict with the replay', withCode('40001', 'canceling statement due to conflict with recovery')],
    ['a deadlock with the replay', withCode('40P01')],
    ['the bound of the server', withCode('57014')],
    ['a table that is not there yet', withCode('42P01')],
    ['a column that is not there yet', withCode('42703')],
    ['a schema that is not there yet', withCode('3F000')],
    ['a function that is not there yet', withCode('42883')],
  ])('is asked anew of the primary after %s, and the replica is in no doubt', (_what, fact) => {
    expect([isFaultOfReplica(fact), makesDoubtful(fact)]).toEqual([true, false]);
  });

  it.each([
    ['the end of its request', new DeadlineExceeded(100)],
    ['the end of its client', new ClientDisconnected()],
    ['a division by zero', withCode('22012')],
    ['a right that is missing', withCode('42501')],
    ['a fault of ours', new TypeError('no')],
  ])('stays failed after %s', (_what, fact) => {
    expect([isFaultOfReplica(fact), makesDoubtful(fact)]).toEqual([false, false]);
  });
});
