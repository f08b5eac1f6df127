import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { readCompose, readRootFile, secretsOf } from '../../architecture/container-files.js';
import { ROOT } from '../../architecture/survey.js';
import { freePort } from '../support/free-port.js';
import { runningService } from '../support/running-service.js';

const { nats = {} } = readCompose().services;

/** What docker-compose.yml does, without Docker: its own secrets and its own configuration, laid out as in the container. */
describeWith(NATS_SERVER, 'the broker in docker-compose.yml', () => {
  let container: string;
  let broker: NatsServer;
  let monitorPort: number;

  beforeAll(async () => {
    container = await mkdtemp(join(tmpdir(), 'compose-'));
    monitorPort = await freePort();
    await mkdir(join(container, 'secrets'));
    await copyFile(join(ROOT, 'deploy/compose/create-secrets.sh'), join(container, 'create-secrets.sh'));
    await promisify(execFile)('bash', [join(container, 'create-secrets.sh')]);
    await mkdir(join(container, 'run/secrets'), { recursive: true });
    for (const [source, target] of Object.entries(secretsOf(nats)))
      await copyFile(join(container, 'secrets', source), join(container, 'run/secrets', target));
    await mkdir(join(container, 'etc/nats'), { recursive: true });
    const config = join(container, 'etc/nats/server.conf');
    await writeFile(config, readRootFile('deploy/nats/server.conf').replace(':8222', `:${monitorPort}`));
    broker = await NatsServer.start({ config });
  });
  afterAll(async () => {
    await broker.stop();
    await rm(container, { recursive: true });
  });

  it('lets in a service with the URL in its secret', async () => {
    const url = new URL(await readFile(join(container, 'secrets/nats_url'), 'utf8'));
    url.host = new URL(broker.url).host;
    const file = join(container, 'run/secrets/nats_url');
    await writeFile(file, url.href);

    const { process, stop } = await runningService({ env: { NATS_URL_FILE: file } });
    await process.logged(({ msg }) => msg === 'The broker is reached.');
    await process.logged(({ msg }) => msg === 'recommendations hears of events.');
    await stop();
  });

  it('lets in nobody without the password', async () => {
    const strangers = [{}, { user: 'mainstay' }, { user: 'mainstay', pass: 'guessed' }];

    for (const stranger of strangers)
      await expect(connect({ servers: broker.url, reconnect: false, ...stranger })).rejects.toThrow(/authorization/i);
  });

  it('answers the question for its health', async () => {
    const question = nats.healthcheck?.test?.find((word) => word.startsWith('http:')) ?? '';

    expect((await fetch(question.replace(':8222', `:${monitorPort}`))).status).toBe(200);
  });

  it('is no duty of a store that is alone: an empty name of a file is none', async () => {
    const { process, stop } = await runningService({ env: { NATS_URL_FILE: '' } });
    const told = process.logs.map(({ msg }) => msg).filter((msg) => /broker/i.test(msg));
    await stop();

    expect(told).toEqual([]);
  });
});
