import { describe, expect, it } from '@jest/globals';
import { profileWords } from './profile.ts';

const profiled = { name: 'overload', answers: 26_777, threads: { main: 300, 'node-V8Worker': 19 }, spent: [] };

describe('the words of a profile', () => {
  it('give the CPU of all threads for each answer', () => {
    expect(profileWords(profiled)).toBe(
      'overload: 319 µs of CPU for each of 26,777 answers; to be profiled costs some of it.',
    );
  });

  it('name the refusals that the answers had to pay for', () => {
    expect(profileWords({ ...profiled, refused: 14_556 })).toContain(
      'for each of 26,777 answers, 14,556 refusals included;',
    );
  });
});
