import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { NatsSettings } from '../nats.settings.js';
import { brokerAddress } from './broker-address.js';
import { OpenSockets } from './open-sockets.js';

/** Unanswered pings after which the broker counts as gone: it is noticed within (this + 1) × NATS_PING_INTERVAL_MS. */
const PINGS_UNANSWERED_MAX = 2;
/** What the goodbye may take: it only hands over what is written already. */
const GOODBYE_TIMEOUT_MS = 1_000;

/** What is told while a link lasts. */
export interface LinkEvents {
  /** The broker refuses something: a permission that is missing, say. */
  refused(error: Error): void;
}

/**
 * One connection to the broker, from its opening to its loss; whatever ran over it ends with it. Lost ones are replaced,
 * and not repaired: the client's own reconnecting keeps requests waiting that have failed already, gives up after two
 * refused log-ins, and forgets what it had not sent yet.
 */
export class BrokerLink {
  private constructor(
    readonly client: NatsConnection,
    private readonly sockets: OpenSockets,
  ) {}

  /** @throws Error that names no credentials */
  static async open(
    { urls = [], connectTimeoutMs, pingIntervalMs }: NatsSettings,
    events: LinkEvents,
  ): Promise<BrokerLink> {
    const sockets = new OpenSockets();
    const options = {
      ...brokerAddress(urls),
      timeout: connectTimeoutMs,
      pingInterval: pingIntervalMs,
      maxPingOut: PINGS_UNANSWERED_MAX,
      reconnect: false,
      ignoreClusterUpdates: true,
      noAsyncTraces: true,
    };
    try {
      const link = new BrokerLink(await sockets.watch(() => connect(options)), sockets);
      void link.watch(events);
      return link;
    } catch (error) {
      sockets.destroy();
      throw error;
    }
  }

  get isOpen(): boolean {
    return !this.client.isClosed();
  }

  /** Resolves when the link is lost or closed, with the reason if there is one. */
  get closed(): Promise<Error | undefined> {
    return this.client.closed().then((reason) => reason ?? undefined);
  }

  /** Hands over what is written, and closes; bounded, also where the broker reads nothing any more. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS);
    // A flush of the client's that is overtaken by the loss of the link never ends.
    await Promise.race([this.handOver(), this.closed, late]).finally(() => clearTimeout(timer));
    this.sockets.destroy();
  }

  private async handOver(): Promise<void> {
    try {
      await this.client.flush();
      await this.client.close();
    } catch {
      // It was lost in the meantime, and is as closed as it can be.
    }
  }

  private async watch(events: LinkEvents): Promise<void> {
    for await (const status of this.client.status()) {
      if (status.type === 'staleConnection') this.sockets.destroy();
      if (status.type === 'error') events.refused(status.error);
    }
  }
}
