import { isOurs } from '../compose/compose-file.ts';
import { once } from 'node:events';
import { connect } from 'node:net';
import { pollUntil } from '../process/wait.ts';
import type { Places } from './places.ts';
import { HERE } from './programs.ts';
import { PartFailed } from './part-failed.ts';
import { type Container, translate } from './translation.ts';

/** A start takes a second or two; the rest is for a machine that does something else. */
const HEALTHY_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Waits until the container's check of health is content.
 * @param ended tells how it ended, should it end before
 * @throws PartFailed when it ends, or is not healthy within 60 s
 */
export async function untilHealthy(
  container: Container,
  places: Places,
  ended: Promise<string>,
  signal: AbortSignal,
): Promise<void> {
  let end: string | undefined;
  void ended.then((how) => (end = how));
  const isHealthy = checkOf(container, places);
  const ask = async (): Promise<true | null> => {
    if (end !== undefined) throw new PartFailed(container.name, `ended with ${end} before it was healthy`);
    return (await isHealthy().catch(() => false)) || null;
  };
  if (await pollUntil(ask, { timeoutMs: HEALTHY_TIMEOUT_MS, signal })) return;
  throw new PartFailed(container.name, `is not healthy after ${HEALTHY_TIMEOUT_MS / 1000} s`);
}

/** As docker-compose.yml has it: an address that is asked, or Redis' own question. A service of ours has to be ready. */
function checkOf(container: Container, places: Places): () => Promise<boolean> {
  const { name, service } = container;
  if (isOurs(service)) {
    const ready = `http://${HERE}:${places.portOf(name, 9090)}/health/ready`;
    return () => answers(ready);
  }
  const test = service.healthcheck?.test ?? [];
  const address = test.find((word) => word.startsWith('http://'));
  if (address !== undefined) {
    const here = translate(address, container, places);
    return () => answers(here);
  }
  if (test.includes('redis-cli')) return () => answersPing(places.portOf(name, 6379));
  throw new Error(`How ${name} is asked for its health is not known here: ${test.join(' ')}`);
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  await response.body?.cancel();
  return response.ok;
}

/** What redis-cli does. Also "NOAUTH" is an answer. */
async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, HERE);
  try {
    socket.end('PING\r\n');
    const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })) as [Buffer];
    return answer.length > 0;
  } finally {
    socket.destroy();
  }
}
