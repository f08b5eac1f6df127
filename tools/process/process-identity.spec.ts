import { describe, expect, it } from '@jest/globals';
import { isAlive, parseProcStat, processIdentity } from './process-identity.ts';

describe('process identity', () => {
  it('stays the same as long as the process lives', async () => {
    const own = await processIdentity(process.pid);

    expect(own).not.toBeNull();
    expect(await processIdentity(process.pid)).toBe(own);
  });

  it.each([99_999_999, 0, -1, Number.NaN, 1.5])('finds no process %d', async (pid) => {
    expect(await isAlive(pid)).toBe(false);
  });

  it('reads state and start time behind a name with spaces and parentheses', () => {
    const fields = ['Z', ...Array.from({ length: 18 }, (_, index) => String(index)), '777', '9'];

    const stat = parseProcStat(`12 (a) name (b) ${fields.join(' ')}`);

    expect(stat).toEqual({ state: 'Z', startTicks: '777' });
  });

  it('reads nothing from the empty file of a process that just ended', () => {
    expect(parseProcStat('')).toBeNull();
  });
});
