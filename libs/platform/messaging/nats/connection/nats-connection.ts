import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { doublingDelayMs } from '#platform/resilience';
import { NatsSettings } from '../nats.settings.js';
import type { BrokerLink } from './broker-link.js';

/** Waits between attempts: with an attempt's own time, a broker that comes back is found within some seconds. */
const RECONNECT = { firstMs: 100, maxMs: 2_000 };
/** A link that ends sooner was none: a broker that lets in and hangs up is not asked ten times a second. */
const LINK_LASTING_MS = 5_000;
/** The shutdown waits no longer for an attempt that is under way. */
const END_TIMEOUT_MS = 1_000;

type Links = Pick<typeof BrokerLink, 'open'>;

/**
 * Connects to the broker in the background, for as long as it takes, and again whenever it is lost. The service boots
 * and is ready without it: events wait in the outbox meanwhile.
 */
@Injectable()
export class NatsConnection implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(NatsConnection.name);
  private readonly stopping = new AbortController();
  private life: Promise<void> = Promise.resolve();
  private link: BrokerLink | null = null;
  private waiting = Promise.withResolvers<BrokerLink>();
  private reported = '';

  constructor(private readonly settings: NatsSettings) {}

  /** The link as it is, or null while there is none. */
  get current(): BrokerLink | null {
    return this.link?.isOpen ? this.link : null;
  }

  /** Begins to connect, and does not wait for it. @throws Error when the client can't be loaded: nothing starts then */
  async onModuleInit(): Promise<void> {
    if (this.settings.urls === undefined) return;
    const { BrokerLink: links } = await import('./broker-link.js');
    this.life = this.live(links);
  }

  /** Resolves with an open link, as soon as there is one. @throws the signal's reason */
  async whenConnected(signal: AbortSignal): Promise<BrokerLink> {
    signal.throwIfAborted();
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return this.current ?? (await Promise.race([this.waiting.promise, left]));
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Last of all hooks: who publishes and who consumes have stopped by then. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.link?.close();
    const waiting = new AbortController();
    const expiry = delay(END_TIMEOUT_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.life, expiry]).finally(() => waiting.abort());
  }

  private async live(links: Links): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted; failures += 1) {
      const link = await this.open(links);
      if (link !== null && (await this.lasts(link))) failures = 0;
      const waitMs = doublingDelayMs(failures + 1, RECONNECT);
      await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async open(links: Links): Promise<BrokerLink | null> {
    try {
      return await links.open(this.settings, { refused: (error) => this.report(`it refuses: ${error.message}`) });
    } catch (error) {
      this.report(`it isn't reachable: ${describe(error)}`);
      return null;
    }
  }

  /** Until the link is lost; whether it was one at all. */
  private async lasts(link: BrokerLink): Promise<boolean> {
    if (this.stopping.signal.aborted) {
      await link.close();
      return false;
    }
    const startedAtMs = performance.now();
    this.link = link;
    this.logger.log('The broker is reached.');
    this.reported = '';
    this.waiting.resolve(link);
    const reason = await link.closed;
    this.waiting = Promise.withResolvers();
    this.link = null;
    if (!this.stopping.signal.aborted) this.report(`it was lost${reason ? `: ${reason.message}` : ''}`);
    return performance.now() - startedAtMs >= LINK_LASTING_MS;
  }

  /** Once for each change, not for each attempt: an absent broker must not fill the log. */
  private report(what: string): void {
    if (what === this.reported) return;
    this.reported = what;
    this.logger.warn(`The broker is not well, trying on: ${what}`);
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : 'for an unknown reason';
