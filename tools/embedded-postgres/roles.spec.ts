import { describe, expect, it } from '@jest/globals';
import { passwordOf, roleUrls } from './roles.ts';

describe('the roles of an embedded server', () => {
  it('have passwords that follow from the superuser’s, and from nothing else', () => {
    expect(passwordOf('mainstay_service', 'secret')).toBe(passwordOf('mainstay_service', 'secret'));
    expect(passwordOf('mainstay_service', 'secret')).not.toBe(passwordOf('mainstay_service', 'other'));
    expect(passwordOf('mainstay_service', 'secret')).not.toBe(passwordOf('mainstay_migrator', 'secret'));
  });

  it('have URLs without the superuser and without the superuser’s password', () => {
    const { serviceUrl, migratorUrl } = roleUrls({ port: 5544, password: 'canary' }, 'store');

    expect(serviceUrl).toMatch(/^postgres:\/\/mainstay_service:[\w-]{43}@127\.0\.0\.1:5544\/store$/);
    expect(migratorUrl).toMatch(/^postgres:\/\/mainstay_migrator:[\w-]{43}@127\.0\.0\.1:5544\/store$/);
    expect(serviceUrl + migratorUrl).not.toContain('canary');
  });
});
