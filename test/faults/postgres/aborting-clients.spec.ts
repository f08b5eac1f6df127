import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { RawConnection } from '../../system/support/raw-connection.js';
import { requestBytes } from '../../system/support/request-bytes.js';
import { PATIENT, RowLock } from '../../system/support/row-lock.js';
import { BackendWatch } from '../support/probes/backends.js';
import { POOL_MAX } from './bounds.js';
import { Scene } from './scene.js';

const CLIENTS = 200;
const PATIENCE_MS = 50;

describe('clients that hang up while Postgres works for them', () => {
  let scene: Scene;
  let backends: BackendWatch;
  let lock: RowLock;
  let clients: readonly RawConnection[];

  beforeEach(async () => {
    scene = await Scene.set({ env: { ...PATIENT, DATABASE_ACQUIRE_TIMEOUT_MS: '15000' } });
    backends = await BackendWatch.on(scene.databaseUrl);
    lock = await RowLock.on(scene.databaseUrl, scene.product.id);
    clients = await Promise.all(Array.from({ length: CLIENTS }, () => RawConnection.to(scene.store.url)));
  });

  afterEach(async () => {
    await lock.release();
    await backends.stop();
    await scene.end();
  });

  const change = (): Buffer =>
    requestBytes({
      method: 'PATCH',
      path: new URL(scene.product.url).pathname,
      headers: { 'if-match': '*' },
      body: '{"name":"Mug, never seen"}',
    });

  it('leave no backend at work, although what they wait for never comes', async () => {
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    for (const client of clients) client.send(change());
    await Promise.all([patience, backends.blocked(POOL_MAX)]);

    for (const client of clients) client.reset();

    await backends.quiet(SLACK_MS);
    expect((await scene.read()).status).toBe(200);
  });
});
