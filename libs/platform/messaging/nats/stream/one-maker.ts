import type { NatsConnection } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '#kernel/id';

/** How long others may take to say that they are at it: many times the way through a broker and back. */
const CANDIDACY_MS = 100;

/**
 * Does the work unless somebody else is doing it, or will: of those who come within a tenth of a second, one goes. It
 * keeps a server before 2.10 from making a stream twice at once, after which it may store nothing in it.
 * @param subject where candidates hear of each other. Who may not speak there takes itself for the only one.
 */
export async function asOneMaker(client: NatsConnection, subject: string, work: () => Promise<void>): Promise<void> {
  const me = newId();
  let atWork = false;
  let yields = false;
  const hear = (text: string): void => {
    const [other = '', works] = text.split(' ');
    if (other === me || yields) return;
    if (works !== undefined || (other < me && !atWork)) yields = true;
    else client.publish(subject, atWork ? `${me} works` : me);
  };
  const candidates = client.subscribe(subject, {
    callback: (error, message) => {
      if (error === null) hear(message.string());
    },
  });
  try {
    client.publish(subject, me);
    await delay(CANDIDACY_MS);
    if (yields) return;
    atWork = true;
    await work();
  } finally {
    candidates.unsubscribe();
  }
}
