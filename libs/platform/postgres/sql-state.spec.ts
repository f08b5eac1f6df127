import { describe, expect, it } from '@jest/globals';
import { isUniqueViolation, sqlStateOf } from './sql-state.js';

describe('sqlStateOf', () => {
  it('reads the code of an error that the server sent', () => {
    expect(sqlStateOf({ code: '23505' })).toBe('23505');
  });

  it.each(['EPIPE', 'ECONNREFUSED', 42, undefined])('takes %p for no SQLSTATE', (code) => {
    expect(sqlStateOf({ code })).toBeNull();
  });

  it.each([null, undefined, 'text'])('has no answer for %p', (error) => {
    expect(sqlStateOf(error)).toBeNull();
  });
});

describe('isUniqueViolation', () => {
  const violation = { code: '23505', constraint: 'products_sku_key' };

  it('recognises the violation of the named constraint', () => {
    expect(isUniqueViolation(violation, 'products_sku_key')).toBe(true);
  });

  it('leaves the violation of another constraint alone', () => {
    expect(isUniqueViolation(violation, 'products_pkey')).toBe(false);
  });

  it('leaves other errors on the same constraint alone', () => {
    expect(isUniqueViolation({ ...violation, code: '23514' }, 'products_sku_key')).toBe(false);
  });
});
