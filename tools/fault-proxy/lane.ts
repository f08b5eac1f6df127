import type { Socket } from 'node:net';
import { hangUp } from './hang-up.ts';
import type { Way } from './way.ts';

/** What one lane keeps before it lets its source wait, as a router's buffer would. */
const QUEUE_BYTES_MAX = 1024 * 1024;

interface Parcel {
  readonly content: Buffer | 'end' | 'reset';
  readonly arrivedAtMs: number;
  readonly luck: number;
}

export interface LaneOptions {
  readonly source: Socket;
  readonly sink: Socket;
  readonly way: Way;
  /** After so many bytes the connection is ended on both sides. */
  readonly bytesMax: number;
  readonly onPassed: (bytes: number) => void;
}

/** One direction of one connection: what comes from a socket reaches the other as late and as little as faults allow. */
export class Lane {
  private readonly options: LaneOptions;
  private readonly queue: Parcel[] = [];
  private queuedBytes = 0;
  private bytesLeft: number;
  private delivering = false;

  constructor(options: LaneOptions) {
    this.options = options;
    this.bytesLeft = options.bytesMax;
    options.source
      .on('data', (chunk: Buffer) => this.take(chunk))
      .on('end', () => this.take('end'))
      .on('error', () => this.take('reset'));
  }

  /** Ends the connection after so many more bytes. */
  truncateAfter(bytes: number): void {
    this.bytesLeft = bytes;
    if (bytes === 0) this.end();
  }

  private take(content: Parcel['content']): void {
    this.queue.push({ content, arrivedAtMs: performance.now(), luck: Math.random() });
    this.weigh(sizeOf(content));
    if (!this.delivering) void this.deliverAll();
  }

  private async deliverAll(): Promise<void> {
    this.delivering = true;
    for (let parcel = this.queue.shift(); parcel; parcel = this.queue.shift()) {
      await this.options.way.passable(parcel.arrivedAtMs, parcel.luck);
      await this.deliver(parcel.content);
      this.weigh(-sizeOf(parcel.content));
    }
    this.delivering = false;
  }

  private async deliver(content: Parcel['content']): Promise<void> {
    if (content === 'end') this.options.sink.end();
    else if (content === 'reset') hangUp(this.options.sink);
    else await this.pass(content);
  }

  private async pass(content: Buffer): Promise<void> {
    const { way, sink } = this.options;
    for (let rest = content; rest.length > 0 && !sink.destroyed && this.bytesLeft > 0;) {
      const slice = rest.subarray(0, Math.min(way.sliceBytes, this.bytesLeft));
      await way.paced(slice.length);
      await way.passable(); // a hole may have opened meanwhile
      await new Promise<void>((resolve) => sink.write(slice, () => resolve()));
      rest = rest.subarray(slice.length);
      this.options.onPassed(slice.length);
      this.bytesLeft -= slice.length;
      if (this.bytesLeft <= 0) this.end();
    }
  }

  private weigh(bytes: number): void {
    this.queuedBytes += bytes;
    if (this.queuedBytes > QUEUE_BYTES_MAX) this.options.source.pause();
    else if (this.options.source.isPaused()) this.options.source.resume();
  }

  /** In good order, so that what was passed arrives. */
  private end(): void {
    this.options.sink.destroySoon();
    this.options.source.destroySoon();
  }
}

const sizeOf = (content: Parcel['content']): number => (typeof content === 'string' ? 0 : content.length);
