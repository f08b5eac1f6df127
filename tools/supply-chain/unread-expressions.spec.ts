import { describe, expect, it } from '@jest/globals';
import { findUnread } from './unread-expressions.ts';

const unread = { where: 'libs/a.ts:7', key: 'libs/a.ts new RegExp(source)' };

describe('expressions that are put together at run time', () => {
  it('are refused without a reason, even beside one that has it', () => {
    const other = { where: 'libs/a.ts:9', key: 'libs/a.ts new RegExp(other)' };

    expect(findUnread([unread, other], { [unread.key]: 'copied' })).toEqual([
      expect.objectContaining({
        where: 'libs/a.ts:9',
        problem: "makes a regular expression that can't be read here: new RegExp(other)",
      }),
    ]);
  });

  it('pass with a reason', () => {
    expect(findUnread([unread], { [unread.key]: 'copied' })).toEqual([]);
  });

  it('have no reason in another file', () => {
    expect(findUnread([{ ...unread, key: 'libs/b.ts new RegExp(source)' }], { [unread.key]: 'copied' })).toHaveLength(
      2,
    );
  });

  it('are not agreed to in advance', () => {
    expect(findUnread([], { [unread.key]: 'copied' })).toEqual([expect.objectContaining({ where: unread.key })]);
  });
});
