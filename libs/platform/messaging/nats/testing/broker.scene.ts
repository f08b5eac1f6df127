import type { JetStreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';
import { loadSettings } from '#platform/config';
import { Dependencies } from '#platform/resilience';
import type { CloudEvent } from '../../event/cloud-event.js';
import { aCloudEvent } from '../../testing/event.builder.js';
import { NatsConnection } from '../connection/nats-connection.js';
import { NatsSettings } from '../nats.settings.js';
import { JetStreamPublisher } from '../publishing/jetstream-publisher.js';
import { EventStream } from '../stream/event-stream.js';

const CONNECT_TIMEOUT_MS = 10_000;
/** Nobody but the module's own observers would be found. */
const NOTHING_DISCOVERED = { getProviders: () => [] } as unknown as DiscoveryService;

// What is told of a broker that comes and goes is no news in its tests.
Logger.overrideLogger(false);

/** What one process has of the broker. */
export interface Peer {
  readonly settings: NatsSettings;
  readonly connection: NatsConnection;
  readonly stream: EventStream;
  readonly publisher: JetStreamPublisher;
  /** Resolves once there is a link. */
  connected(): Promise<void>;
  manager(): Promise<JetStreamManager>;
  close(): Promise<void>;
}

export const natsSettings = (url: string | undefined, env: Readonly<Record<string, string>> = {}): NatsSettings =>
  loadSettings({ NODE_ENV: 'test', ...(url !== undefined && { NATS_URL: url }), ...env }, [NatsSettings]).get(
    NatsSettings,
  );

/** A process of its own, as far as the broker can tell. It connects in the background. */
export function aPeer(url: string, env: Readonly<Record<string, string>> = {}): Peer {
  const settings = natsSettings(url, env);
  const connection = new NatsConnection(settings);
  const stream = new EventStream(settings);
  const publisher = new JetStreamPublisher(settings, connection, stream, new Dependencies(NOTHING_DISCOVERED));
  void connection.onModuleInit();
  const link = () => connection.whenConnected(AbortSignal.timeout(CONNECT_TIMEOUT_MS));
  return {
    settings,
    connection,
    stream,
    publisher,
    connected: async () => void (await link()),
    manager: async () => stream.manager(await link()),
    close: () => connection.onApplicationShutdown(),
  };
}

export const anEvent = (changes: Partial<CloudEvent> = {}): CloudEvent =>
  aCloudEvent({
    source: '/mainstay/orders',
    type: 'orders.order-placed.v1',
    data: { orderId: 'an order' },
    ...changes,
  });
