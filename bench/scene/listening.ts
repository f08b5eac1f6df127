import type { Readable } from 'node:stream';

const START_TIMEOUT_MS = 60_000;

/** What a server says of itself when it takes connections. */
export interface Listening {
  readonly url: string;
  /** The store's alone. */
  readonly managementUrl: string;
}

/**
 * Reads the beginning of a log, up to the line that says where the server listens.
 * @param failed makes the error of a server that has ended, or takes too long, from what it has said
 */
export async function untilListening(
  stdout: Readable,
  ended: Promise<unknown>,
  failed: (what: string, text: string) => Error,
): Promise<Listening> {
  let text = '';
  const listening = Promise.withResolvers<Listening>();
  const read = (chunk: Buffer): void => {
    text += chunk.toString();
    const found = /^.*"msg":"listening".*(?=\n)/m.exec(text)?.[0];
    if (found !== undefined) listening.resolve(JSON.parse(found) as Listening);
  };
  stdout.on('data', read);
  const late = setTimeout(() => listening.reject(failed('was not there in time', text)), START_TIMEOUT_MS);
  void ended.then(() => listening.reject(failed('ended before it listened', text)));
  try {
    return await listening.promise;
  } finally {
    clearTimeout(late);
    stdout.off('data', read);
  }
}
