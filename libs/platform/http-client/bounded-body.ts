import type { Dispatcher } from 'undici';
import { DependencyFailure } from '#platform/resilience';

type Body = Dispatcher.ResponseData['body'];

/**
 * The whole body as text. It is counted while it arrives, so that no more than the bound is ever held, whatever
 * `Content-Length` said; leaving the loop closes the connection.
 * @throws DependencyFailure when it is larger than `bytesMax`, or breaks off
 */
export async function readBounded(body: Body, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw new DependencyFailure('fatal', `The answer has over ${bytesMax} bytes.`);
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof DependencyFailure ? cause : brokenOff(cause);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

/**
 * Lets go of a body that nobody will read. A short one is read to its end, so that its connection can be used again: a
 * server that answers errors would else cost a new connection for each.
 */
export function discard(body: Body, signal: AbortSignal): void {
  body.on('error', () => undefined); // it may break off: nobody would hear of it, and an unheard error ends the process
  body.dump({ limit: DISCARDED_BYTES_MAX, signal }).catch(() => undefined);
}

const DISCARDED_BYTES_MAX = 16 * 1024;

const brokenOff = (cause: unknown): DependencyFailure =>
  new DependencyFailure('retryable', 'The answer broke off.', { cause });
