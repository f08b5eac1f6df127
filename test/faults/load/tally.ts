import type { ServiceProcess } from '../../system/support/service-process.js';
import type { Sample } from '../../system/support/metrics.js';

/** How many requests ended so, by `method route status`. */
export type Tally = Readonly<Record<string, number>>;

const COUNT = 'http_server_request_duration_seconds_count';

const counted = (keys: readonly string[]): Tally => {
  const tally: Record<string, number> = {};
  for (const key of keys) tally[key] = (tally[key] ?? 0) + 1;
  return sorted(tally);
};

const sorted = (tally: Tally): Tally =>
  Object.fromEntries(Object.entries(tally).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What a client has seen. */
export class ClientTally {
  private readonly keys: string[] = [];

  note(method: string, route: string, status: number): void {
    this.keys.push(`${method} ${route} ${status}`);
  }

  get size(): number {
    return this.keys.length;
  }

  get tally(): Tally {
    return counted(this.keys);
  }

  get statuses(): readonly string[] {
    return [...new Set(this.keys.map((key) => key.slice(-3)))].sort();
  }
}

/** What was counted between two scrapes. */
export function countedBetween(before: readonly Sample[], after: readonly Sample[]): Tally {
  const rise = new Map<string, number>();
  const add = (samples: readonly Sample[], sign: number): void => {
    for (const { name, labels, value } of samples) {
      if (name !== COUNT) continue;
      const key = `${labels['method']} ${labels['route']} ${labels['status']}`;
      rise.set(key, (rise.get(key) ?? 0) + sign * value);
    }
  };
  add(after, 1);
  add(before, -1);
  return sorted(Object.fromEntries([...rise].filter(([, count]) => count !== 0)));
}

/** The lines of requests from that one on. */
export const loggedSince = ({ logs }: Pick<ServiceProcess, 'logs'>, from: number): Tally =>
  counted(
    logs
      .slice(from)
      .filter(({ msg }) => msg === 'request')
      .map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`),
  );
