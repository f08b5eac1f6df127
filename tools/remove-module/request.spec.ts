import { describe, expect, it } from '@jest/globals';
import { removalRequestIn } from './request.ts';

describe('what the command line asks for', () => {
  it('is the removal of one module, by what Git knows, unless it says otherwise', () => {
    const usual = { module: 'reviews', force: false, dryRun: false, skipDocs: false, dropSchema: false };

    expect(removalRequestIn(['reviews'])).toEqual({ ...usual, migrations: 'as-git-knows' });
    expect(removalRequestIn(['reviews', '--dry-run', '--force', '--skip-docs', '--keep-migrations'])).toEqual({
      ...{ ...usual, dryRun: true, force: true, skipDocs: true },
      migrations: 'keep',
    });
    expect(removalRequestIn(['--forget-migrations', 'reviews'])).toEqual({ ...usual, migrations: 'forget' });
    expect(removalRequestIn(['reviews', '--drop-schema'])).toMatchObject({ dropSchema: true });
  });

  it.each([
    ['no module', []],
    ['two modules', ['reviews', 'orders']],
    ['a flag that there is not', ['reviews', '--all']],
    ['both of two that exclude each other', ['reviews', '--keep-migrations', '--forget-migrations']],
    ['a wish for migrations that are gone', ['reviews', '--drop-schema', '--forget-migrations']],
  ])('is refused with the usage: %s', (_what, args) => {
    expect(() => removalRequestIn(args)).toThrow('Usage: npm run remove:module -- <module>');
  });
});
