/** What a running server says of itself in `postmaster.pid` (PostgreSQL, src/include/utils/pidfile.h). */
export interface PostmasterPid {
  readonly pid: number;
  /** Null while the server is so young that it has not written the line. */
  readonly port: number | null;
  /** `ready` once it takes connections; null before that line is written. */
  readonly status: string | null;
}

const PORT_LINE = 3;
const STATUS_LINE = 7;

/** The text of `postmaster.pid`; null when it is not one (an empty file after a power cut, say). */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  // A stand-alone backend, such as initdb's, writes its pid with a minus sign.
  const pid = Math.abs(Number(lines[0] || Number.NaN));
  if (!Number.isSafeInteger(pid) || pid === 0) return null;
  const port = Number(lines[PORT_LINE]);
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null, status: lines[STATUS_LINE] || null };
}
