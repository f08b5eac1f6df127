export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The server will close the connection: nothing more may be sent on it. */
  readonly isLast: boolean;
}

const HEAD_END = '\r\n\r\n';
/** `HTTP/1.1 ` */
const STATUS_AT = 9;
/** As Fastify writes it, and as Node does. */
const LENGTH_NAMES = ['\r\ncontent-length: ', '\r\nContent-Length: '];
const CLOSES = '\r\nconnection: close';
const WITHOUT_BODY = new Set([204, 304]);
const ZERO = 48;

/** Reads the answers of one connection, one at a time. No more of HTTP than the measured servers speak. */
export class AnswerReader {
  #held: Buffer | null = null;

  /**
   * The answer, when it is there whole.
   * @throws Error for one whose length its head does not tell
   */
  push(chunk: Buffer): Answer | null {
    const all = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    const headEnd = all.indexOf(HEAD_END, 0, 'latin1');
    const bodyAt = headEnd + HEAD_END.length;
    const status = Number(all.toString('latin1', STATUS_AT, STATUS_AT + 3));
    const length = headEnd < 0 ? Infinity : lengthIn(all, headEnd, status);
    if (all.length < bodyAt + length) {
      this.#held = all;
      return null;
    }
    this.#held = null;
    const isLast = status >= 400 && all.subarray(0, headEnd).includes(CLOSES, 0, 'latin1'); // looked for where it may be
    return { status, body: all.subarray(bodyAt, bodyAt + length), isLast };
  }

  forget(): void {
    this.#held = null;
  }
}

function lengthIn(bytes: Buffer, headEnd: number, status: number): number {
  if (WITHOUT_BODY.has(status)) return 0;
  for (const name of LENGTH_NAMES) {
    const at = bytes.indexOf(name, 0, 'latin1');
    if (at < 0 || at >= headEnd) continue;
    let length = 0;
    for (let index = at + name.length; index < headEnd && bytes[index] !== 13; index += 1) {
      length = length * 10 + (bytes[index] ?? ZERO) - ZERO;
    }
    return length;
  }
  throw new Error(`An answer without a content-length:\n${bytes.toString('latin1', 0, headEnd)}`);
}
