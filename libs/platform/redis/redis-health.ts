import { Injectable } from '@nestjs/common';
import { HealthContributor, type HealthState } from '#platform/health';
import { Redis } from './redis.js';

/** What the operations page learns of Redis. */
@Injectable()
export class RedisHealth extends HealthContributor {
  override readonly name = 'redis';

  constructor(private readonly redis: Redis) {
    super();
  }

  /** Never a reason to take a replica out: it serves without, and every other one has the same Redis. */
  override async readiness(): Promise<HealthState> {
    return { status: 'up' };
  }

  override async details(): Promise<HealthState> {
    if (!this.redis.isConfigured) return { status: 'up', shared: false };
    if (!this.redis.isConnected) return { status: 'down', reason: 'not connected' };
    const startedAtMs = performance.now();
    try {
      await this.redis.call('ping', (client) => client.ping());
      return { status: 'up', latencyMs: Math.round(performance.now() - startedAtMs) };
    } catch (error) {
      return { status: 'degraded', reason: error instanceof Error ? error.message : 'no answer' };
    }
  }
}
