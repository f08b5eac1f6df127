import { steadyPort, withConnection } from '#platform/testing';
import { plantEvent } from '../../orders/support/planted-event.js';
import { type Patient, started } from './patient.js';

/** Whose events are late or dead. */
export const EVENTS: readonly Patient[] = [
  {
    job: 'store-without-broker',
    alerts: ['OutboxLate'],
    start: async ({ other }) => {
      const store = await started({ NATS_URL: `nats://127.0.0.1:${await steadyPort()}` }, other.serviceUrl);
      const suffer = async (): Promise<void> => {
        const id = await plantEvent(other.url, { type: 'trial.happened.v1', data: {} });
        await withConnection(other.url, (admin) =>
          admin.query("UPDATE messaging.outbox SET occurred_at = now() - interval '1 hour' WHERE id = $1", [id]),
        );
      };
      return { store, suffer };
    },
  },
  {
    job: 'store-with-dead-events',
    alerts: ['DeadEvents'],
    start: async ({ own }) => {
      const store = await started({}, own.serviceUrl);
      const suffer = async (): Promise<void> => {
        const id = await plantEvent(own.url, { type: 'trial.happened.v1', data: {} });
        await withConnection(own.url, (admin) =>
          admin.query('UPDATE messaging.outbox SET sent_at = NULL, parked_at = now() WHERE id = $1', [id]),
        );
      };
      return { store, suffer };
    },
  },
];
