import { describe, expect, it } from '@jest/globals';
import { AnswerReader } from './answer-reader.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"a":"ü"}';

describe('the reader of answers', () => {
  it('gives status and body of an answer that is there at once', () => {
    const text = 'HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}';

    expect(new AnswerReader().push(bytes(text))).toEqual({ status: 201, body: bytes('{}'), isLast: false });
  });

  it('waits for the rest, wherever it was cut', () => {
    const all = bytes(OK.replace('content-length: 9', 'content-length: 10'));
    for (let at = 1; at < all.length; at += 1) {
      const reader = new AnswerReader();

      expect(reader.push(all.subarray(0, at))).toBeNull();
      expect(reader.push(all.subarray(at))?.body.toString()).toBe('{"a":"ü"}');
    }
  });

  it('expects no body where there is none', () => {
    const reader = new AnswerReader();

    expect(reader.push(bytes('HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n'))?.status).toBe(304);
    expect(reader.push(bytes('HTTP/1.1 204 No Content\r\n\r\n'))?.body.length).toBe(0);
  });

  it('does not take a length out of the body', () => {
    const text = 'HTTP/1.1 200 OK\r\nserver: x\r\n\r\nx\r\ncontent-length: 5\r\n';

    expect(() => new AnswerReader().push(bytes(text))).toThrow(/without a content-length/);
  });

  it('hears that the connection will end', () => {
    const text = 'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

    expect(new AnswerReader().push(bytes(text))?.isLast).toBe(true);
  });
});
