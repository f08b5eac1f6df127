import { Injectable } from '@nestjs/common';
import { HealthContributor, type HealthState } from '#platform/health';
import { NatsSettings } from '../nats.settings.js';
import { MissingBroker } from './missing-broker.js';
import { NatsConnection } from './nats-connection.js';

/** Below what any contributor may take. */
const ANSWER_TIMEOUT_MS = 500;

/** What the operations page learns of the broker. */
@Injectable()
export class NatsHealth extends HealthContributor {
  override readonly name = 'broker';

  constructor(
    private readonly settings: NatsSettings,
    private readonly connection: NatsConnection,
    private readonly missing: MissingBroker,
  ) {
    super();
  }

  /** Never a reason to take a replica out: events wait in the outbox, and every other one has the same broker. */
  override async readiness(): Promise<HealthState> {
    return { status: 'up' };
  }

  /** `degraded`: connected, and yet it answers nothing; or there is none, and only it could bring what is to be heard. */
  override async details(): Promise<HealthState> {
    if (this.missing.isMissing) return { status: 'degraded', reason: 'no broker: NATS_URL is not set' };
    if (this.settings.urls === undefined) return { status: 'up', events: 'in-process' };
    const link = this.connection.current;
    if (link === null) return { status: 'down', reason: 'not connected' };
    const latencyMs = await answeredWithin(link.client.rtt());
    return latencyMs === null ? { status: 'degraded', reason: 'no answer' } : { status: 'up', latencyMs };
  }
}

async function answeredWithin(answer: Promise<number>): Promise<number | null> {
  const { promise: none, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ANSWER_TIMEOUT_MS);
  // A link that is lost while it is asked has not answered either.
  return Promise.race([answer.catch(() => null), none]).finally(() => clearTimeout(timer));
}
