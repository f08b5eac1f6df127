import { readMetrics, sampleOf } from '../../../system/support/metrics.js';
import type { ServiceProcess } from '../../../system/support/service-process.js';

/** How many events wait for somebody, as the metric and the report of health tell it. */
export interface DeadEvents {
  readonly metric: number;
  readonly health: { readonly status: string; readonly dead: number };
}

export async function deadEvents({ managementUrl }: ServiceProcess): Promise<DeadEvents> {
  const metric = sampleOf(await readMetrics(managementUrl), 'outbox_dead_events');
  const answer = await fetch(`${managementUrl}/health`);
  const { details } = (await answer.json()) as { details: { outbox: DeadEvents['health'] } };
  return { metric, health: { status: details.outbox.status, dead: details.outbox.dead } };
}
