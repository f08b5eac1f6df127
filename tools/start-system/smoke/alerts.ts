import type { Check } from '../smoke.ts';
import { demand, expectStatus } from './ask.ts';
import type { Parts } from './checks.ts';

const ALERT = 'SmokeTest';

/** From Prometheus to whoever hears of alerts, in two halves: no rule of ours fires in a system that is well. */
export function alertChecks({ prometheus, alertmanager, heardAlerts }: Parts): readonly Check[] {
  let isSent = false;
  return [
    {
      what: 'Prometheus tells this Alertmanager, which is ready',
      ask: async () => {
        const { body } = await expectStatus(200, `${prometheus}/api/v1/alertmanagers`);
        const { activeAlertmanagers: active } = (body as { data: { activeAlertmanagers: { url: string }[] } }).data;
        await expectStatus(200, `${alertmanager}/-/ready`);
        const told = active.map(({ url }) => new URL(url).origin);
        return demand(told.length === 1 && told[0] === alertmanager, told.join(', ') || 'nobody');
      },
    },
    {
      what: 'a page reaches who is to hear of it',
      ask: async () => {
        if (!isSent) {
          const alert = { labels: { alertname: ALERT, job: 'store', severity: 'page' } };
          const headers = { 'content-type': 'application/json' };
          await expectStatus(200, `${alertmanager}/api/v2/alerts`, {
            method: 'POST',
            headers,
            body: JSON.stringify([alert]),
          });
          isSent = true;
        }
        return demand(heardAlerts.has(ALERT), heardAlerts.has(ALERT) ? 'heard' : 'sent, and not heard of yet');
      },
    },
  ];
}
