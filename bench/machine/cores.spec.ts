import { describe, expect, it } from '@jest/globals';
import { coresIn } from './cores.js';

describe('the cores of a run', () => {
  it('are one for the server, and all others for the load', () => {
    expect(coresIn('0-1')).toEqual({ server: 1, load: [0] });
    expect(coresIn('0-2,5,7-8\n')).toEqual({ server: 8, load: [0, 1, 2, 5, 7] });
  });

  it('are refused where there is one', () => {
    expect(() => coresIn('3')).toThrow(/one core only/);
  });
});
