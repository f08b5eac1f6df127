import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';

export interface Found {
  readonly pid: number;
  readonly commandLine: string;
}

/**
 * The processes that have this text in their command line, in their environment or in the name of the folder where they
 * stand: that of a folder which only they know. Redis, for one, overwrites the first two with a title.
 */
export function processesNaming(text: string): readonly Found[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const commandLine = orNothing(() => readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    const environment = orNothing(() => readFileSync(`/proc/${name}/environ`, 'utf8'));
    const folder = orNothing(() => readlinkSync(`/proc/${name}/cwd`));
    const names = [commandLine, environment, folder].some((each) => each.includes(text));
    // A zombie has no command line: it is gone, and its parent has not looked yet.
    return names && commandLine !== ''
      ? [{ pid: Number(name), commandLine: commandLine.replaceAll('\0', ' ').trim() }]
      : [];
  });
}

/** Of a process that ended in this very moment there is nothing to read. */
function orNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
