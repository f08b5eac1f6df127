import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const LIST_BYTES_MAX = 64 * 1024 * 1024;
/** "-rwxr-xr-x 0/0   149711504 2026-11-26 08:52 usr/local/bin/node", and " -> " or " link to " with what a link names. */
const LINE =
  /^(?<mode>\S{10}) (?<owner>\d+\/\d+) +(?<size>\d+|\d+,\d+) \S+ \S+ (?<path>.+?)(?: (?:->|link to) (?<target>.*))?$/;

export interface ArchiveEntry {
  readonly path: string;
  /** As `ls` writes it: "-rwxr-xr-x". */
  readonly mode: string;
  /** Of user and group: "0/0". */
  readonly owner: string;
  readonly sizeBytes: number;
  /** What a link names. */
  readonly target: string | undefined;
}

/** What a tar archive says of its entries, whoever unpacks it: an unprivileged user gets other owners. */
export async function listArchive(archive: string): Promise<readonly ArchiveEntry[]> {
  const args = ['--list', '--verbose', '--numeric-owner', '--quoting-style=literal', '--file', archive];
  const { stdout } = await promisify(execFile)('tar', args, { maxBuffer: LIST_BYTES_MAX });
  return stdout.split('\n').filter(Boolean).map(entryOf);
}

function entryOf(line: string): ArchiveEntry {
  const { mode = '', owner = '', size = '', path = '', target } = LINE.exec(line)?.groups ?? {};
  if (!path) throw new Error(`tar lists what nobody can read: ${line}`);
  return { path: path.replace(/^\.?\//, '').replace(/\/$/, ''), mode, owner, sizeBytes: Number(size) || 0, target };
}
