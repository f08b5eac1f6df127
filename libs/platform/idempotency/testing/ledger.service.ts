import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Type } from '@nestjs/common';
import type { Service } from '#platform/bootstrap';
import { MetricsRegistry } from '#platform/metrics';
import { storeAdapter } from '#platform/postgres';
import { aServiceOf, TestIssuer, type Claims } from '#platform/testing';
import { LedgerController, Plot } from './ledger.controller.js';
import { Ledger, MemoryLedger, PostgresLedger } from './ledger.js';

/** One for all services of a file: the package that injects the logger keeps the first that there was. */
const logged: string[] = [];

export interface Sending {
  readonly path?: string;
  /** A fresh one, unless given; null sends none. */
  readonly key?: string | null;
  readonly body?: object;
  readonly claims?: Claims;
}

/** A whole service of the trial routes, over memory unless `env` names a database; it listens nowhere. */
export class LedgerService {
  private constructor(
    readonly service: Service,
    private readonly issuer: TestIssuer,
  ) {}

  static async started(env: Record<string, string> = {}, more: Type[] = []): Promise<LedgerService> {
    const issuer = await TestIssuer.listening();
    const service = await aServiceOf({
      name: 'ledger',
      env: { ...issuer.env, ...env },
      own: {
        controllers: [LedgerController, ...more],
        providers: [Plot, storeAdapter({ port: Ledger, postgres: PostgresLedger, memory: MemoryLedger })],
      },
      log: sink,
    });
    return new LedgerService(service, issuer);
  }

  get plot(): Plot {
    return this.service.app.get(Plot, { strict: false });
  }

  get lines(): Promise<readonly string[]> {
    return this.service.app.get(Ledger, { strict: false }).all();
  }

  send({ path = '/lines', key = randomUUID(), body = { text: 'one' }, claims = {} }: Sending = {}) {
    const headers = {
      authorization: `Bearer ${this.issuer.token(claims)}`,
      ...(key !== null && { 'idempotency-key': key }),
    };
    return this.service.app.inject({ method: 'POST', url: path, headers, payload: body });
  }

  /** The line of the access log that came last. */
  get lastLine(): Record<string, unknown> {
    const lines = logged.flatMap((chunk) => chunk.split('\n').filter(Boolean));
    const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return requests.filter(({ msg }) => msg === 'request').at(-1) ?? {};
  }

  /** Of `idempotent_requests_total`, by its label. */
  async counted(): Promise<Record<string, number>> {
    const text = await this.service.app.get(MetricsRegistry, { strict: false }).scrape();
    const samples = text.matchAll(/^idempotent_requests_total\{outcome="([^"]+)"\} (\d+)$/gm);
    return Object.fromEntries([...samples].map(([, outcome = '', count]) => [outcome, Number(count)]));
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
