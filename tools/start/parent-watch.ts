/**
 * Preloaded into the service by `npm start`: the service must not outlive the tool that started it, even when that is
 * killed without a chance to say so. The end of the channel between the two is the one sign that never fails to come.
 */
import { isMainThread } from 'node:worker_threads';

/** Above the longest orderly shutdown; then the hard way, since nobody is left to do it. */
const SHUTDOWN_TIMEOUT_MS = 60_000;

if (isMainThread && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // A listener alone would keep the process alive after everything else has ended.
  process.channel.unref();
}
