import { describe, expect, it } from '@jest/globals';
import type { OperationsSnapshot } from '../../snapshot/operations-snapshot.js';
import { concerns } from './summary.js';

const NOW_MS = Date.UTC(2026, 10, 26, 12);

const shown = (orEarlier: boolean): string => {
  const concern = { what: 'requests are shed', sinceMs: NOW_MS - 900_000, orEarlier };
  const looked = { concerns: [concern], service: { takesTraffic: true }, atMs: NOW_MS };
  return concerns(looked as unknown as OperationsSnapshot)
    .text.replaceAll(/<[^>]*>|\s+/g, ' ')
    .replaceAll(/ +/g, ' ');
};

describe('what there is to see to', () => {
  it('says since when, and where that is only as far as anybody remembers', () => {
    expect(shown(false)).toMatch(/requests are shed , since 11:45:00 $/);
    expect(shown(true)).toMatch(/requests are shed , since 11:45:00 or earlier $/);
  });
});
