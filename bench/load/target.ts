import { Connection } from './connection.ts';
import { Expectation } from './expectation.ts';
import { NEW_KEY, type PlannedRequest } from './plan.ts';

/** A request that is ready to be sent: its bytes belong to it, and to nobody at two times at once. */
interface Ready {
  readonly bytes: Buffer;
  readonly keyAt: number;
  readonly expectation: Expectation;
}

/** So that two runs against one database never name the same key. */
const RUN = process.hrtime.bigint().toString(36).padStart(14, '0').slice(-14);
let keys = 0;

/** A server as the load sees it: its requests, which come round, and the connections to it, which stay from run to run. */
export class Target {
  readonly #port: number;
  readonly #requests: readonly Ready[];
  readonly #connections: Connection[] = [];
  #next = 0;

  constructor(port: number, requests: readonly PlannedRequest[]) {
    this.#port = port;
    this.#requests = requests.map((request) => ({
      bytes: Buffer.from(request.text),
      keyAt: Buffer.from(request.text).indexOf(NEW_KEY),
      expectation: new Expectation(request),
    }));
  }

  /** The first so many connections. */
  connections(count: number): readonly Connection[] {
    while (this.#connections.length < count) this.#connections.push(new Connection(this.#port));
    return this.#connections.slice(0, count);
  }

  /** The next request, with a key of its own where it has one. */
  next(): Ready {
    const request = this.#requests[this.#next] as Ready;
    this.#next = (this.#next + 1) % this.#requests.length;
    if (request.keyAt < 0) return request;
    const bytes = Buffer.from(request.bytes); // the one before may still be on its way
    bytes.write(newKey(), request.keyAt, 'latin1');
    return { ...request, bytes };
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}

function newKey(): string {
  keys += 1;
  return `bench-${RUN}-${String(keys).padStart(NEW_KEY.length - RUN.length - 7, '0')}`;
}
