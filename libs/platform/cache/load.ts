import {
  currentRequest,
  newRequestContext,
  type RequestContext,
  runInRequest,
  runOutsideRequest,
} from '#platform/context';
import { ClientDisconnected, Deadline, withinDeadline } from '#platform/deadline';
import { keepingTrace } from '#platform/tracing';

/** The longest that a load may take, whoever waits for it: what a request has. In milliseconds. */
const LOAD_MAX_MS = 5_000;

/** One load, from its beginning to its end, and how many wait for it. */
export class Load<T> {
  readonly result: Promise<T>;
  /** Resolves when it has ended, well or not. */
  readonly settled: Promise<void>;
  private waiting = 0;
  private readonly deadline = new Deadline(LOAD_MAX_MS);

  /**
   * @param ended is called once, when the result is there
   * @param before has to settle first; only then does the time of this one begin
   */
  constructor(work: () => Promise<T>, ended: () => void, before?: Promise<void>) {
    const { deadline } = this;
    const origin = currentRequest();
    const context = newRequestContext({ ...(origin && { ...identityOf(origin), origin }), deadline });
    const loaded = (): Promise<T> => withinDeadline(deadline, work);
    const inTurn = before && (() => before.then(() => begunAgain(deadline)).then(loaded));
    this.result = runOutsideRequest(keepingTrace(() => runInRequest(context, inTurn ?? loaded)));
    this.settled = this.result.then(
      () => ended(),
      () => ended(), // those who wait are told
    );
  }

  enter(): void {
    this.waiting += 1;
  }

  /** The last one to leave ends it: the database must not go on for nobody. Gives whether it was that one. */
  leave(): boolean {
    this.waiting -= 1;
    if (this.waiting > 0) return false;
    this.deadline.end(new ClientDisconnected());
    return true;
  }
}

const identityOf = ({ requestId, traceId, spanId, traceSampled, route }: RequestContext) => ({
  requestId,
  traceId,
  spanId,
  traceSampled,
  route,
});

/** @throws the reason when nobody waits any more */
function begunAgain(deadline: Deadline): void {
  deadline.throwIfEnded();
  deadline.restart();
}
