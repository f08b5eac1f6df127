import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer-reader.ts';

const HOST = '127.0.0.1';

type Answered = (answer: Answer | Error) => void;

/** A connection that is kept, with one request at a time on it. One that the server has closed is opened anew. */
export class Connection {
  readonly #port: number;
  readonly #reader = new AnswerReader();
  #socket: Socket | null = null;
  #answered: Answered | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  /** Calls back once. The bytes may be changed after that, and not before. */
  send(bytes: Buffer, answered: Answered): void {
    this.#answered = answered;
    this.#socket ??= this.#opened();
    this.#socket.write(bytes);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #opened(): Socket {
    const socket = connect(this.#port, HOST).setNoDelay();
    // One that was left may still have something to say, such as a reset: it is not the next request's.
    const ifCurrent = (act: () => void): void => {
      if (socket === this.#socket) act();
    };
    const lost = (error = new Error('The server has closed a connection in place of an answer.')): void =>
      ifCurrent(() => {
        this.#leave();
        this.#tell(error);
      });
    socket.on('data', (chunk: Buffer) => ifCurrent(() => this.#read(chunk)));
    socket.on('error', lost);
    socket.on('end', () => lost()); // what is sent between it and `close` would be lost
    socket.on('close', () => lost());
    return socket;
  }

  #read(chunk: Buffer): void {
    const answer = this.#answerIn(chunk);
    if (!answer) return;
    if (answer instanceof Error || answer.isLast) this.#leave();
    this.#tell(answer);
  }

  /** What the reader throws is about the answer. What the one who is told throws is a fault of ours, and caught by nobody. */
  #answerIn(chunk: Buffer): Answer | Error | null {
    try {
      return this.#reader.push(chunk);
    } catch (error) {
      return error as Error;
    }
  }

  /** The next request opens another one. */
  #leave(): void {
    this.#socket?.destroySoon();
    this.#socket = null;
    this.#reader.forget();
  }

  #tell(answer: Answer | Error): void {
    const answered = this.#answered;
    this.#answered = null;
    answered?.(answer);
  }
}
