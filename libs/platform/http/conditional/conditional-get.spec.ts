import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { MalformedRequest } from '#platform/errors';
import { notModified } from './conditional-get.js';

/** As much of a reply as is touched, and what was done to it. */
function aReply(ifNoneMatch?: string) {
  const done = { status: 200, headers: {} as Record<string, string> };
  const reply = {
    request: { headers: { 'if-none-match': ifNoneMatch } },
    header: (name: string, value: string) => (done.headers[name] = value),
    status: (status: number) => (done.status = status),
  } as unknown as FastifyReply;
  return { reply, done };
}

describe('notModified', () => {
  it('tags the answer of who has nothing yet', () => {
    const { reply, done } = aReply();
    expect(notModified(reply, 3)).toBe(false);
    expect(done).toEqual({ status: 200, headers: { etag: '"3"' } });
  });

  it.each(['"3"', 'W/"3"', '"1", "3"', '*'])('is 304 for who has %s', (header) => {
    const { reply, done } = aReply(header);
    expect(notModified(reply, 3)).toBe(true);
    expect(done).toEqual({ status: 304, headers: { etag: '"3"' } });
  });

  it.each(['"2"', '"33"', '"03"', '""'])('is 200 for who has %s', (header) => {
    const { reply, done } = aReply(header);
    expect(notModified(reply, 3)).toBe(false);
    expect(done.status).toBe(200);
  });

  it('refuses what is no list of tags', () => {
    expect(() => notModified(aReply('3').reply, 3)).toThrow(MalformedRequest);
  });
});
