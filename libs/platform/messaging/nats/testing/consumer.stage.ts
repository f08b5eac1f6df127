import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { NatsServer } from '#platform/testing';
import type { CloudEvent } from '../../event/cloud-event.js';
import type { JetStreamConsumers } from '../consuming/jetstream-consumers.js';
import { aPeer, type Peer } from './broker.scene.js';
import { aStore, consuming } from './consumer.scene.js';

/** A broker for a block of tests, and for each of them a process with a store; what it starts is stopped after it. */
export class ConsumerStage {
  server!: NatsServer;
  peer!: Peer;
  store!: ReturnType<typeof aStore>;
  running: JetStreamConsumers[] = [];

  /** For the block that calls it. */
  static set(): ConsumerStage {
    const stage = new ConsumerStage();
    beforeAll(async () => void (stage.server = await NatsServer.start()));
    afterAll(() => stage.server.stop());
    beforeEach(() => stage.open());
    afterEach(() => stage.close());
    return stage;
  }

  readonly start = (options: Omit<Parameters<typeof consuming>[1], 'store'>): void => {
    this.running.push(consuming(this.peer, { store: this.store, ...options }));
  };

  readonly publish = async (...events: readonly CloudEvent[]): Promise<void> => {
    for (const event of events) await this.peer.publisher.publish(event, event.id);
  };

  readonly info = async (name = 'order-watcher'): Promise<ConsumerInfo> =>
    (await this.peer.manager()).consumers.info('mainstay', name);

  private async open(): Promise<void> {
    this.store = aStore();
    this.running = [];
    this.peer = aPeer(this.server.url);
    await this.peer.connected();
  }

  private async close(): Promise<void> {
    await Promise.all(this.running.map((consumers) => consumers.stop()));
    await (await this.peer.manager()).streams.delete('mainstay');
    await this.peer.close();
  }
}
