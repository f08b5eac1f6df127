import { describe, expect, it } from '@jest/globals';
import { isRoomless, roomlessFiles } from './rooms.js';
import { ROOT } from './survey.js';

describe('every file of libs has a room', () => {
  it('stands: no file lies outside', async () => {
    expect(await roomlessFiles(ROOT)).toEqual([]);
  });

  it.each([
    'libs/shared/money.ts',
    'libs/money.ts',
    'libs/kernel/utils/money.ts',
    'libs/platform/money.ts',
    'libs/modules/catalog/utils/money.ts',
    'libs/modules/catalog/adapters/money.ts',
    'libs/modules/catalog/money.ts',
  ])('misses %s, imported or not', (file) => {
    expect(isRoomless(file)).toBe(true);
  });
});
