import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ClockModule } from '#platform/clock';
import { loadSettings, SettingsModule } from '#platform/config';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { createLogger, LoggingModule } from '#platform/logging';
import { MetricsModule } from '#platform/metrics';
import { DependencyUnavailable, ResilienceModule } from '#platform/resilience';
import { TestIssuer } from '#platform/testing';
import { SecurityModule } from '../security.module.js';
import { KeySource } from './key-source.js';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const logger = createLogger({ level: 'fatal', service: 'keys', version: '0.0.0' }, nowhere);

let issuer: TestIssuer;
let folder: string;
let closings: (() => Promise<void>)[];
beforeEach(async () => {
  issuer = await TestIssuer.listening();
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
  closings = [];
});
afterEach(async () => {
  for (const close of closings) await close();
  await rm(folder, { recursive: true });
  await issuer.close();
});

/** The source that a service with these settings has. */
async function keySource(env: Readonly<Record<string, string>>): Promise<KeySource> {
  const settings = SettingsModule.forRoot(loadSettings({ NODE_ENV: 'test', ...env }));
  const module = await Test.createTestingModule({
    imports: [settings, ClockModule, LoggingModule.forRoot(logger), MetricsModule, ResilienceModule, SecurityModule],
  }).compile();
  closings.push(() => module.close());
  return module.get(KeySource);
}

const fileSource = () => keySource({ ...issuer.env, JWKS_URL: pathToFileURL(join(folder, 'keys.json')).href });

describe('keys behind an http URL', () => {
  it('are asked for by that URL, its query included, and by nothing that is known of the request', async () => {
    const asked: IncomingMessage[] = [];
    issuer.answers((request, response) => {
      asked.push(request);
      response.setHeader('content-type', 'application/jwk-set+json').end(issuer.keySet());
    });
    const source = await keySource({ ...issuer.env, JWKS_URL: `${issuer.url}/realms/a%20b/keys?version=2` });

    await runInRequest(newRequestContext({ deadline: new Deadline(5_000) }), () => source.read());

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/realms/a%20b/keys?version=2' });
    expect(asked[0]?.headers).toMatchObject({ accept: 'application/jwk-set+json, application/json' });
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('are asked for once more when the first attempt fails in passing', async () => {
    issuer.answers((_request, response) => {
      if (issuer.fetches === 1) response.writeHead(503).end();
      else response.setHeader('content-type', 'application/json').end('the second answer');
    });
    const source = await keySource(issuer.env);

    expect(await source.read()).toBe('the second answer');
  });

  it.each(['50', '10000'])('have sound bounds when fetching them may take %s ms', async (timeoutMs) => {
    await expect(keySource({ ...issuer.env, JWKS_TIMEOUT_MS: timeoutMs })).resolves.toBeInstanceOf(KeySource);
  });
});

describe('keys in a file', () => {
  it('are read anew each time', async () => {
    const source = await fileSource();
    await writeFile(join(folder, 'keys.json'), 'one');
    expect(await source.read()).toBe('one');
    await writeFile(join(folder, 'keys.json'), 'two');

    expect(await source.read()).toBe('two');
  });

  it('are not to be had while there is none, which is no failure of the start', async () => {
    const source = await fileSource();

    await expect(source.read()).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});

describe('keys of nobody', () => {
  it('are never to be had', async () => {
    const source = await keySource({});

    await expect(source.read()).rejects.toBeInstanceOf(DependencyUnavailable);
  });
});
