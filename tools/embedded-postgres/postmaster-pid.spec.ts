import { describe, expect, it } from '@jest/globals';
import { parsePostmasterPid } from './postmaster-pid.ts';

const COMPLETE = '4711\n/data\n1795377721\n5544\n\n127.0.0.1\n  2756043      32\nready   \n';

describe('postmaster.pid', () => {
  it('tells pid, port and status of a server that is ready', () => {
    expect(parsePostmasterPid(COMPLETE)).toEqual({ pid: 4711, port: 5544, status: 'ready' });
  });

  it('tells the pid of a server that has only just begun', () => {
    expect(parsePostmasterPid('4711\n/data\n')).toEqual({ pid: 4711, port: null, status: null });
  });

  it('understands the minus sign of a stand-alone backend', () => {
    expect(parsePostmasterPid(COMPLETE.replace('4711', '-4711'))?.pid).toBe(4711);
  });

  it.each(['', '\n\n', 'abc\n', '0\n', '1.5\n'])('is none: %j', (text) => {
    expect(parsePostmasterPid(text)).toBeNull();
  });
});
