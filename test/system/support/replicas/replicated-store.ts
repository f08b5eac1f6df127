import type { Furnishing, RunningService } from '../running-service.js';
import type { LogLine, ServiceProcess, ServiceOptions } from '../service-process.js';
import { HAPROXY } from './haproxy.js';
import { ManagementOfAll } from './management-of-all.js';
import { Replicas } from './replicas.js';

/** What tests of the API use of the process that they ask: three behind a balancer have it as well. */
export type AskedService = Pick<
  ServiceProcess,
  'url' | 'managementUrl' | 'stdout' | 'stderr' | 'logs' | 'logged' | 'probed'
>;

/** Three replicas behind HAProxy, as if they were one store: metrics are sums, logs are those of all. */
class ReplicatedStore implements AskedService {
  constructor(
    private readonly replicas: Replicas,
    readonly managementUrl: string,
  ) {}

  get url(): string {
    return this.replicas.url;
  }

  get stdout(): string[] {
    return this.replicas.running.flatMap(({ stdout }) => stdout);
  }

  get stderr(): string[] {
    return this.replicas.running.flatMap(({ stderr }) => stderr);
  }

  get logs(): LogLine[] {
    return this.replicas.running.flatMap(({ logs }) => logs);
  }

  logged(fits: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine> {
    return Promise.any(this.replicas.running.map((store) => store.logged(fits, timeoutMs)));
  }

  async probed(path: string, status: number, timeoutMs?: number): Promise<void> {
    await Promise.all(this.replicas.running.map((store) => store.probed(path, status, timeoutMs)));
  }
}

export async function replicatedStore(options: Pick<ServiceOptions, 'env'> & Furnishing): Promise<RunningService> {
  const replicas = await Replicas.behind(HAPROXY, options);
  const management = await ManagementOfAll.over(() => replicas.running.map(({ managementUrl }) => managementUrl));
  const stop = async (): Promise<void> => {
    await management.close();
    await replicas.close();
  };
  const process = new ReplicatedStore(replicas, management.url);
  return { process, databaseUrl: replicas.databaseUrl, adminUrl: replicas.adminUrl, stop };
}
