import { ErrorReply } from 'redis';
import { DependencyFailure } from '#platform/resilience';

/**
 * Answers that are about the server's condition, and not about the command: it is loading its data, a replica that lost
 * its master, busy with a script, in a failover, without the credentials that it had. `OOM` and `READONLY` are not among
 * them: reads still work, and the circuit must not close the way to them.
 */
const CONDITION = /^(?:LOADING|MASTERDOWN|BUSY|CLUSTERDOWN|TRYAGAIN|NOAUTH|WRONGPASS)\b/;

/** What a failed command says of Redis: an answer that is a plain no is no failure of the dependency. */
export function redisFailure(error: unknown): unknown {
  if (!(error instanceof ErrorReply)) return error;
  if (CONDITION.test(error.message)) return error;
  return new DependencyFailure('rejected', error.message, { cause: error });
}
