import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { roleUrls, withConnection } from '#platform/testing';
import { PostgresServer } from './postgres-server.js';

describe('a Postgres of a suite', () => {
  let server: PostgresServer;
  let client: pg.Client;

  beforeEach(async () => {
    server = await PostgresServer.start();
    client = new pg.Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
  });

  afterEach(async () => {
    await server.stop();
    await client.end();
  });

  const answersAnew = (): Promise<unknown> =>
    withConnection(server.url, async (other) => (await other.query<{ one: number }>('SELECT 1 AS one')).rows);

  it('falls silent to open connections and to new ones, and goes on', async () => {
    await server.pause();
    const answer = client.query('SELECT 1 AS one');
    const silence = new Promise((resolve) => setTimeout(resolve, 50, 'silence'));
    expect(await Promise.race([answer, answersAnew(), silence])).toBe('silence');

    server.resume();

    expect((await answer).rows).toEqual([{ one: 1 }]);
    expect(await answersAnew()).toEqual([{ one: 1 }]);
  });

  it('restarts on the same port with its data', async () => {
    await client.query('CREATE TABLE kept AS SELECT 7 AS value');
    await server.restart();

    await expect(client.query('SELECT 1')).rejects.toThrow();
    await withConnection(server.url, async (other) =>
      expect((await other.query('SELECT value FROM kept')).rows).toEqual([{ value: 7 }]),
    );
  });

  it('is killed, refuses, and comes back', async () => {
    await server.kill();
    await expect(client.query('SELECT 1')).rejects.toThrow();
    await expect(answersAnew()).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await server.restart();

    expect(await answersAnew()).toEqual([{ one: 1 }]);
  });

  it('has the roles of production, with the passwords that tests derive', async () => {
    const { serviceUrl, migratorUrl } = server;

    expect(roleUrls(server.url)).toEqual({ serviceUrl, migratorUrl });
    await withConnection(serviceUrl, async (service) =>
      expect((await service.query('SELECT current_user AS role')).rows).toEqual([{ role: 'mainstay_service' }]),
    );
  });

  it('goes down and comes back', async () => {
    await server.down();
    await expect(answersAnew()).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await server.restart();

    expect(await answersAnew()).toEqual([{ one: 1 }]);
  });
});
