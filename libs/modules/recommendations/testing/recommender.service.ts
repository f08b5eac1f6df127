import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { aServiceOf } from '#platform/testing';
import { RecordPurchase } from '../application/record-purchase.js';
import { RecommendationsApiModule } from '../recommendations-api.module.js';

export interface RecommenderService {
  readonly app: NestFastifyApplication;
  readonly record: RecordPurchase;
}

/** A whole service of the recommendations alone, over the store in memory: it takes requests by `app.inject`. */
export async function aRecommenderService(env: Readonly<Record<string, string>> = {}): Promise<RecommenderService> {
  const { app } = await aServiceOf({ name: 'recommendations', env, modules: () => [RecommendationsApiModule] });
  return { app, record: app.get(RecordPurchase, { strict: false }) };
}
