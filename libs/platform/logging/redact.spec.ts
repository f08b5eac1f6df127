import { describe, expect, it } from '@jest/globals';
import { redactSecrets } from './redact.js';

describe('redactSecrets', () => {
  it.each(['password', 'Authorization', 'set-cookie', 'API_KEY', 'clientSecret', 'DATABASE_URL'])(
    'hides %s',
    (name) => {
      expect(redactSecrets({ [name]: 'canary', orderId: '7' })).toEqual({ [name]: '[redacted]', orderId: '7' });
    },
  );

  it('hides a secret one level down, and leaves the caller its object', () => {
    const fields = { headers: { cookie: 'canary', 'user-agent': 'curl' } };

    expect(redactSecrets(fields)).toEqual({ headers: { cookie: '[redacted]', 'user-agent': 'curl' } });
    expect(fields.headers.cookie).toBe('canary');
  });

  it('gives the same object back where there is nothing to hide', () => {
    const fields = { status: 200, headers: { accept: '*/*' }, err: new Error('x') };

    expect(redactSecrets(fields)).toBe(fields);
  });
});
