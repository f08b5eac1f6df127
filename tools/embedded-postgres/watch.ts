import { processIdentity } from '../process/process-identity.ts';
import { livePostmaster } from './postmaster.ts';

/** Seen soon enough for a person at a terminal, and costs two small reads. */
const CHECK_INTERVAL_MS = 500;

/** Says once when the folder's server is gone: it is no child of ours, so the system doesn't. Gives the way to end. */
export async function watchPostmaster(dataDir: string, onGone: () => void): Promise<() => void> {
  const pid = (await livePostmaster(dataDir))?.pid;
  const identity = pid === undefined ? null : await processIdentity(pid);
  let ended = false;
  const check = async () => {
    // The identity, because the number may be another process's by now.
    if (pid !== undefined && identity !== null && (await processIdentity(pid)) === identity) return;
    if (ended) return;
    end();
    onGone();
  };
  const checks = setInterval(() => void check(), CHECK_INTERVAL_MS);
  const end = () => {
    ended = true;
    clearInterval(checks);
  };
  return end;
}
