import { describe, expect, it } from '@jest/globals';
import { planned, refuseDifferent } from './answers.js';

const given = (contender: string, status: number, ...bodies: string[]) => ({
  contender,
  answers: bodies.map((body) => ({ status, body })),
});

describe('a comparison', () => {
  it('is refused when content differs, and says whose', () => {
    const all = [given('bare', 200, '{"a":1}', '{"b":1}'), given('ours', 200, '{"a":1}', '{"b":2}')];

    expect(() => refuseDifferent(all, [])).toThrow(/bare and ours do not answer the same/);
  });

  it('is refused when the status differs', () => {
    const all = [given('bare', 200, '{}'), given('ours', 201, '{}')];

    expect(() => refuseDifferent(all, [])).toThrow(/200 \{\}\n\s+201 \{\}/);
  });

  it('is refused when somebody answers an error, be it the same one', () => {
    const all = [given('bare', 404, '{}'), given('ours', 404, '{}')];

    expect(() => refuseDifferent(all, [])).toThrow(/bare answers 404/);
  });

  it('bears the order of members, and those that change each time', () => {
    const all = [given('bare', 201, '{"id":1,"total":5}'), given('ours', 201, '{"total":5,"id":2}')];

    refuseDifferent(all, ['id']);
    expect(() => refuseDifferent(all, [])).toThrow();
  });
});

describe('a planned request', () => {
  it('goes over the wire as HTTP has it', () => {
    const question = {
      method: 'POST',
      path: '/x',
      headers: { 'content-type': 'application/json' },
      body: '"ü"',
    } as const;

    const { text } = planned(question, { status: 201, body: null }, []);

    expect(text).toBe(
      'POST /x HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: mainstay-bench\r\n' +
        'content-type: application/json\r\ncontent-length: 4\r\n\r\n"ü"',
    );
  });
});
