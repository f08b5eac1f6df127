import { Writable } from 'node:stream';
import type { Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService, type Service } from '#platform/bootstrap';
import { loadSettings, SettingsModule } from '#platform/config';
import { createLogger } from '#platform/logging';
import { TestIssuer } from '#platform/testing';

type Injection = Exclude<Parameters<NestFastifyApplication['inject']>[0], string>;

/** One for all services of a file: the package that injects the logger keeps the first that there was. */
const logged: string[] = [];

class Composition {}

/** A service of the test's own controllers: all of the edge, nothing behind it, listening nowhere. */
export class EdgeService {
  private constructor(
    readonly service: Service,
    readonly issuer: TestIssuer,
    private readonly firstLine: number,
  ) {}

  /** @param more routes that no controller has */
  static async of(
    controllers: Type[],
    env: Readonly<Record<string, string>> = {},
    more: (fastify: FastifyInstance) => void = () => undefined,
  ): Promise<EdgeService> {
    const issuer = await TestIssuer.listening();
    const settings = loadSettings({ NODE_ENV: 'test', ...issuer.env, ...env });
    const service = await createService(
      {
        name: 'edge',
        title: 'Edge',
        description: 'The edge alone.',
        compose: () => ({ module: Composition, controllers, imports: [SettingsModule.forRoot(settings)] }),
      },
      settings,
      createLogger({ level: 'info', service: 'edge', version: '0.0.0' }, sink),
    );
    more(service.server.fastify);
    await service.app.init();
    await service.app.getHttpAdapter().getInstance().ready();
    return new EdgeService(service, issuer, logged.length);
  }

  /** A request; with this token, if one is given. */
  send(url: string, { token, ...rest }: Partial<Injection> & { readonly token?: string } = {}) {
    const headers = { ...rest.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return this.service.app.inject({ method: 'GET', ...rest, url, headers });
  }

  /** The log so far. */
  get lines(): readonly Record<string, unknown>[] {
    return logged
      .slice(this.firstLine)
      .flatMap((chunk) => chunk.split('\n').filter(Boolean))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The lines of the access log so far. */
  get requestLines(): readonly Record<string, unknown>[] {
    return this.lines.filter(({ msg }) => msg === 'request');
  }

  async close(): Promise<void> {
    await this.service.app.close();
    await this.issuer.close();
  }
}

const sink = new Writable({
  write: (chunk, _encoding, done) => {
    logged.push(String(chunk));
    done();
  },
});
