import { describe, expect, it } from '@jest/globals';
import { CONDEMNING_STATES } from './connection-fitness.js';
import { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
import { translateDatabaseError } from './translate-database-error.js';

const withCode = (code: string): Error => Object.assign(new Error('of the driver'), { code });

describe('translateDatabaseError', () => {
  it.each([
    ...CONDEMNING_STATES,
    '08000',
    '08003',
    '08006',
    '08P01',
    '53300',
    '53200',
    '57P01',
    '57P02',
    '57P03',
    '28P01',
    '3D000',
  ])('calls SQLSTATE %s an unavailable database', (code) => {
    expect(translateDatabaseError(withCode(code))).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
    'calls %s an unavailable database',
    (code) => {
      expect(translateDatabaseError(withCode(code))).toBeInstanceOf(DatabaseUnavailable);
    },
  );

  it('recognises a refusal of every address of a name, an error without a message', () => {
    const refusal = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
    expect(translateDatabaseError(refusal)).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated due to connection timeout',
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'Driver not Connected',
  ])('calls "%s" an unavailable database', (message) => {
    expect(translateDatabaseError(new Error(message))).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each(['40001', '40P01', '55P03'])('calls SQLSTATE %s a conflict', (code) => {
    expect(translateDatabaseError(withCode(code))).toBeInstanceOf(DatabaseConflict);
  });

  it.each(['57014', '25P03'])('calls SQLSTATE %s a timeout', (code) => {
    expect(translateDatabaseError(withCode(code))).toBeInstanceOf(DatabaseTimeout);
  });

  it('calls a read timeout of the driver a timeout', () => {
    expect(translateDatabaseError(new Error('Query read timeout'))).toBeInstanceOf(DatabaseTimeout);
  });

  it('keeps the cause', () => {
    const cause = withCode('57014');
    expect(translateDatabaseError(cause)).toHaveProperty('cause', cause);
  });

  it.each(['23505', '23514', '42601'])('passes SQLSTATE %s on as it is', (code) => {
    const error = withCode(code);
    expect(translateDatabaseError(error)).toBe(error);
  });

  it('does not wrap what is translated already', () => {
    const error = new DatabaseUnavailable();
    expect(translateDatabaseError(error)).toBe(error);
  });

  it.each([new TypeError('of ours'), 'text', undefined])('passes %p on as it is', (error) => {
    expect(translateDatabaseError(error)).toBe(error);
  });
});
