import { setTimeout as delay } from 'node:timers/promises';
import { steadyPort, withConnection } from '#platform/testing';
import { runEntry } from '../../../system/support/run-entry.js';
import { StoreClient } from '../../../system/support/store-client.js';
import { PostgresServer } from '../../support/processes/postgres-server.js';
import { asking, LIST, type Patient, started } from './patient.js';

const WRITE_PAUSE_MS = 500;

/** Whose read replica is no good. */
export const READ_REPLICA: readonly Patient[] = [
  {
    job: 'store-without-replica',
    alerts: ['ReadReplicaOut'],
    start: async ({ shared }) => {
      const url = new URL(shared.serviceUrl);
      url.port = String(await steadyPort());
      const store = await started({ DATABASE_READ_URL: url.href }, shared.serviceUrl);
      return { store, suffer: (over) => asking(store, LIST, over) };
    },
  },
  {
    job: 'store-with-a-replica-that-stands-still',
    alerts: ['ReadReplicaLagging'],
    start: async () => {
      const primary = await PostgresServer.start();
      await runEntry('migrate', primary);
      const replica = await primary.replica();
      const store = await started({ DATABASE_READ_URL: replica.serviceUrl }, primary.serviceUrl);
      const suffer = async (over: AbortSignal): Promise<void> => {
        await withConnection(replica.url, (admin) => admin.query('SELECT pg_wal_replay_pause()'));
        while (!over.aborted) {
          await new StoreClient(store.url).create().catch(() => undefined); // what the replica does not hear of
          await delay(WRITE_PAUSE_MS);
        }
      };
      const end = async (): Promise<void> => {
        await replica.stop();
        await primary.stop();
      };
      return { store, suffer, end };
    },
  },
];
