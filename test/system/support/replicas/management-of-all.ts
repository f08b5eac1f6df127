import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Told {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What tests of one store ask of its management port, asked of all: metrics are added up, a probe is as good as the worst. */
export class ManagementOfAll {
  private constructor(private readonly server: Server) {}

  static async over(managementUrls: () => readonly string[]): Promise<ManagementOfAll> {
    const server = createServer((request, response) => {
      const asked = managementUrls().map((url) => tell(url + (request.url ?? '/')));
      Promise.all(asked).then(
        (answers) => answer(response, request.url === '/metrics' ? added(answers) : worst(answers)),
        () => response.destroy(), // as one that is gone answers
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ManagementOfAll(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

async function tell(url: string): Promise<Told> {
  const response = await fetch(url);
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

function answer(response: ServerResponse, { status, type, text }: Told): void {
  response.writeHead(status, { 'content-type': type }).end(text);
}

const worst = (answers: readonly Told[]): Told =>
  answers.reduce((bad, each) => (each.status > bad.status ? each : bad));

/** Each series once, with the sum of its values. */
function added(answers: readonly Told[]): Told {
  const sums = new Map<string, number>();
  for (const line of answers.flatMap(({ text }) => text.split('\n'))) {
    if (line === '' || line.startsWith('#')) continue;
    const end = line.lastIndexOf(' ');
    const series = line.slice(0, end);
    sums.set(series, (sums.get(series) ?? 0) + Number(line.slice(end + 1)));
  }
  const text = [...sums].map(([series, sum]) => `${series} ${sum}\n`).join('');
  return { ...worst(answers), text };
}
