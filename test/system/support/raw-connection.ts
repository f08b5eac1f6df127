import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A test that waits longer has found a hang. */
const SILENCE_MAX_MS = 10_000;

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One connection, byte by byte: what a client sends that no HTTP library would. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private readonly chunks: NodeJS.AsyncIterator<Buffer>;

  private constructor(private readonly socket: Socket) {
    this.chunks = socket[Symbol.asyncIterator]() as NodeJS.AsyncIterator<Buffer>;
    socket.on('error', () => undefined); // the reader hears of it, too
    socket.setTimeout(SILENCE_MAX_MS, () => socket.destroy(new Error(`Nothing came for ${SILENCE_MAX_MS} ms.`)));
  }

  static async to(url: string): Promise<RawConnection> {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  /**
   * The next answer. Its length is what `content-length` says: all answers that are asked for here have one, or no body.
   * @param toHead the request was a HEAD: the length is that of a body which does not come
   * @throws Error when the connection ends before it is whole
   */
  async answer(toHead = false): Promise<RawAnswer> {
    for (;;) {
      const answer = this.take(toHead);
      if (answer) return answer;
      if (!(await this.more()))
        throw new Error(`The connection ended after: ${this.received.toString('latin1', 0, 500)}`);
    }
  }

  /** What else came until the server ended the connection: nothing, after an answer that was the last one. */
  async rest(): Promise<string> {
    while (await this.more());
    return this.received.toString('latin1');
  }

  close(): void {
    this.socket.destroy();
  }

  /** Goes away without a word: what was sent last may never have been read. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.chunks.next();
    if (done) return false;
    this.received = Buffer.concat([this.received, value]);
    return true;
  }

  private take(toHead: boolean): RawAnswer | null {
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd === -1) return null;
    const [statusLine = '', ...lines] = this.received.toString('latin1', 0, headEnd).split('\r\n');
    const headers = Object.fromEntries(lines.map(headerOf));
    const bodyStart = headEnd + 4;
    const bodyEnd = bodyStart + (toHead ? 0 : Number(headers['content-length'] ?? 0));
    if (this.received.length < bodyEnd) return null;
    const body = this.received.toString('utf8', bodyStart, bodyEnd);
    this.received = this.received.subarray(bodyEnd);
    return { status: Number(statusLine.split(' ')[1]), headers, body };
  }
}

const headerOf = (line: string): [string, string] => {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
};
