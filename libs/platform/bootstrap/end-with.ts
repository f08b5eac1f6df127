import { ConfigurationInvalid } from '#platform/config';
import { messageOf } from '#platform/postgres';

/** sysexits.h: a command was used wrongly; the configuration is wrong, and to run it again won't help. */
export const EXIT = { usage: 64, configuration: 78 } as const;

/** The command was called with arguments that it does not take; the message says which there are. */
export class Usage extends Error {
  override readonly name = 'Usage';
  readonly exitCode = EXIT.usage;
}

/** Something is not set that the command is nothing without. */
export class Unconfigured extends Error {
  override readonly name = 'Unconfigured';
  readonly exitCode = EXIT.configuration;
}

/**
 * Does the one thing that a process is there for: it ends with 0, or with a line that says why not and the error's own
 * `exitCode`, or 1.
 * @param name begins the line of a failure
 */
export async function endWith(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof ConfigurationInvalid ? error.message : messageOf(error) || String(error);
    process.stderr.write(`${name}: ${reason}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigurationInvalid) return EXIT.configuration;
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 1;
}

export type Print = (line: string) => void;

export const printLine: Print = (line) => void process.stdout.write(`${line}\n`);
