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
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#tell(error));
    socket.on('close', () => {
      this.#socket = null;
      this.#reader.forget();
      this.#tell(new Error('The server has closed a connection in place of an answer.'));
    });
    return socket;
  }

  #read(chunk: Buffer): void {
    try {
      const answer = this.#reader.push(chunk);
      if (!answer) return;
      if (answer.isLast) this.#leave();
      this.#tell(answer);
    } catch (error) {
      this.#tell(error as Error);
    }
  }

  /** The next request opens another one. */
  #leave(): void {
    this.#socket?.removeAllListeners('data').removeAllListeners('close').destroySoon();
    this.#socket = null;
  }

  #tell(answer: Answer | Error): void {
    const answered = this.#answered;
    this.#answered = null;
    answered?.(answer);
  }
}
