import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One chunk in the chunked coding, and as good as any other bytes where a length was told. */
const CHUNK = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);

/** A client that sends a body without an end, as fast as it is taken and without a look at the answer. */
export class EndlessBody {
  /** The time from the first byte to the end of the connection, when that has come. */
  readonly endedAfterMs: Promise<number>;

  private constructor(private readonly socket: Socket) {
    const startedAtMs = performance.now();
    this.endedAfterMs = new Promise((resolve) => {
      socket.on('close', () => resolve(performance.now() - startedAtMs));
    });
    socket.on('error', () => undefined); // a reset is one way to say that it is enough
    socket.on('drain', () => this.sendOn());
    socket.resume();
  }

  static async sentTo(url: string, head: Buffer): Promise<EndlessBody> {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const body = new EndlessBody(socket);
    socket.write(head);
    body.sendOn();
    return body;
  }

  /** What left this process: the rest waits for a reader. */
  get sentBytes(): number {
    return this.socket.bytesWritten - this.socket.writableLength;
  }

  private sendOn(): void {
    while (!this.socket.destroyed && this.socket.write(CHUNK));
  }
}
