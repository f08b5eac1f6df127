import type { IncomingMessage } from 'node:http';
import { serveLocally } from './local-server.ts';

const BODY_BYTES_MAX = 1024 * 1024;

/** What Alertmanager sends to a webhook, as far as it is told here. */
interface Notice {
  readonly status: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

/** Who hears of alerts where nobody else is named: whoever looks at the output. */
export interface AlertReceiver {
  addressOf(kind: 'page' | 'ticket'): string;
  /** Names of alerts that it has heard of so far. */
  readonly heard: ReadonlySet<string>;
  close(): Promise<void>;
}

/** @param tell gets one line for each alert */
export async function receiveAlerts(tell: (line: string) => void): Promise<AlertReceiver> {
  const heard = new Set<string>();
  const { origin, close } = await serveLocally((request, response) => {
    noticeIn(request).then(
      ({ status, alerts }) => {
        for (const { labels } of alerts) {
          heard.add(labels['alertname'] ?? '');
          tell(`${(request.url ?? '').slice(1)} ${status}: ${labels['alertname']} ${JSON.stringify(labels)}`);
        }
        response.writeHead(204).end();
      },
      () => response.writeHead(400).end(),
    );
  });
  return { addressOf: (kind) => `${origin}/${kind}`, heard, close };
}

async function noticeIn(request: IncomingMessage): Promise<Notice> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > BODY_BYTES_MAX) throw new Error('Too long for a notice.');
  }
  return JSON.parse(text) as Notice;
}
