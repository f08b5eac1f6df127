import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS, withConnection } from '#platform/testing';
import { BackendWatch } from '../support/probes/backends.js';
import { STATEMENT_MS } from './bounds.js';
import { refusal, Scene } from './scene.js';

const TEN_SECONDS_FOR_EACH_CHANGE = `
  CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(10); RETURN NEW; END $$;
  CREATE TRIGGER linger BEFORE UPDATE ON catalog.products FOR EACH ROW EXECUTE FUNCTION linger()`;

describe('a statement that takes ten seconds', () => {
  let scene: Scene;
  let backends: BackendWatch;

  beforeEach(async () => {
    scene = await Scene.set();
    backends = await BackendWatch.on(scene.databaseUrl);
    await withConnection(scene.databaseUrl, (client) => client.query(TEN_SECONDS_FOR_EACH_CHANGE));
  });

  afterEach(async () => {
    await backends.stop();
    await scene.end();
  });

  it('is given up after the bound on statements, on the server too', async () => {
    const answer = await scene.write('Mug, slowly');

    expect(answer).toMatchObject(refusal('platform.database-timeout'));
    expect(answer.tookMs).toBeLessThan(STATEMENT_MS + SLACK_MS);
    expect(backends.oldestMs).toBeLessThan(STATEMENT_MS + SLACK_MS);
    await backends.quiet(SLACK_MS);
  });

  it('leaves its connection sound', async () => {
    const writing = scene.write('Mug, slowly');
    const backend = await lingering(scene.databaseUrl);
    expect((await writing).status).toBe(503);

    expect((await scene.read()).status).toBe(200);
    expect(await isThere(scene.databaseUrl, backend)).toBe(true);
  });
});

/** The process id of the backend that runs the slow statement, once there is one. */
const lingering = (url: string): Promise<number> =>
  withConnection(url, async (admin) => {
    for (;;) {
      const { rows } = await admin.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
      );
      if (rows[0]) return rows[0].pid;
    }
  });

const isThere = (url: string, backend: number): Promise<boolean> =>
  withConnection(url, async (admin) => {
    const { rowCount } = await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [backend]);
    return rowCount === 1;
  });
