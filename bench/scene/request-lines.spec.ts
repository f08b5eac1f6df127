import { describe, expect, it } from '@jest/globals';
import { RequestLines } from './request-lines.js';

const LINE = '{"level":"info","route":"/","msg":"request"}\n';

describe('the count of request lines', () => {
  it('leaves out what is said of other things', () => {
    const lines = new RequestLines();
    lines.push(Buffer.from(`${LINE}{"level":"info","msg":"listening"}\n${LINE}`));

    expect(lines.count).toBe(2);
  });

  it('is the same wherever the log is cut', () => {
    const log = Buffer.from(LINE.repeat(3));
    for (let size = 1; size < log.length; size += 1) {
      const lines = new RequestLines();
      for (let at = 0; at < log.length; at += size) lines.push(log.subarray(at, at + size));

      expect(lines.count).toBe(3);
    }
  });
});
