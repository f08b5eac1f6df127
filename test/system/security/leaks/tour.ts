import { newKey, type TcpProxy, withConnection } from '#platform/testing';
import { RawConnection } from '../../support/raw-connection.js';
import { requestBytes } from '../../support/request-bytes.js';
import { aNewProduct, StoreClient } from '../../support/store-client.js';
import type { StoreProcess } from '../../support/store-process.js';
import { bearer, issuer } from '../../support/tokens.js';
import type { Canaries } from './canaries.js';
import { echoes, ECHO } from './echoes.js';
import { Outputs } from './outputs.js';
import { badCredentials, secretHeaders } from './secret-headers.js';
import { refusedVisits, type Visit } from './visits.js';

const PUBLIC_PAGES = ['/openapi.json', '/docs', '/v1/products'];
const MANAGEMENT_PAGES = [
  '/metrics',
  '/health',
  '/health/ready',
  '/health/live',
  '/health/startup',
  '/info',
  '/log-level',
];

/** The management port refuses the public names that it does not know. */
const KNOWN_HOST = { host: 'localhost' };

/** Takes a store through every kind of answer that it has, with a secret in each place, and keeps all that it says. */
export class Tour {
  readonly outputs = new Outputs();
  /** `404 to GET /nowhere`, as it was meant to be, and as it was. */
  readonly expected: string[] = [];
  readonly answered: string[] = [];

  constructor(
    private readonly store: StoreProcess,
    private readonly canaries: Canaries,
  ) {}

  async run(proxy: TcpProxy, databaseUrl: string): Promise<void> {
    const secrets = secretHeaders(this.canaries);
    const product = await this.acceptedWrites();
    await this.visit(refusedVisits(this.canaries, secrets, product));
    await this.visit([...this.unauthorized(), ...echoes]);
    await this.visitManagement(secrets);
    await this.readPages();
    await refuseRows(databaseUrl);
    await this.visit([[500, this.creation('the body of a failure')]]);
    await proxy.close();
    await this.visit([[503, this.creation('a body in an outage')]]);
    await this.readPages();
    this.store.signal('SIGUSR2'); // a rejection that nobody handles
    await this.store.exited;
    this.outputs.addStreams(this.store);
  }

  private async acceptedWrites(): Promise<{ sku: string; path: string }> {
    const client = new StoreClient(this.store.url);
    const description = this.canaries.at('an accepted body value');
    const { id, sku } = await client.created({ description, name: ECHO.productName });
    const movement = { delta: 3, reason: this.canaries.at('the reason of a movement') };
    const key = { 'idempotency-key': this.canaries.at('an accepted Idempotency-Key') };
    for (const delta of [3, 3, 4])
      await client.post(`/v1/products/${id}/stock-adjustments`, { ...movement, delta }, key);
    return { sku, path: `/v1/products/${id}` };
  }

  private unauthorized(): Visit[] {
    const foreign = issuer.token({}, {}, newKey());
    const expired = issuer.token({ exp: 1, jti: this.canaries.at('a claim of a token') });
    const scopeless = this.canaries.keep('a token without the scope', issuer.token({ scope: '' }));
    return [
      ...badCredentials(this.canaries, foreign, expired).map((authorization, index): Visit => [
        401,
        this.creation(`a body without a caller, ${index}`, authorization),
      ]),
      [403, this.creation('a body of somebody who may not', `Bearer ${scopeless}`)],
    ];
  }

  private async visitManagement(headers: Readonly<Record<string, string>>): Promise<void> {
    const path = `/nowhere?token=${this.canaries.at('a query value of the management port')}`;
    const line = `GET /${this.canaries.at('a malformed line of the management port')} HTTP\r\n\r\n`;
    const { 'x-forwarded-for': _proxied, ...straight } = headers;
    const visits: Visit[] = [
      [403, requestBytes({ path, headers: { ...headers, ...KNOWN_HOST } })], // it says that it came through a proxy
      [403, requestBytes({ path, headers: { ...straight, host: `${this.canaries.at('a foreign Host')}.test` } })],
      [404, requestBytes({ path, headers: { ...straight, ...KNOWN_HOST } })],
      [400, line],
      [400, this.levelWish('the value of a level', {})],
      [403, this.levelWish('a level that a page asks for', { origin: 'https://evil.test' })],
    ];
    await this.visit(visits, this.store.managementUrl, 'the management port');
  }

  private levelWish(place: string, headers: Readonly<Record<string, string>>): Buffer {
    const body = JSON.stringify({ level: this.canaries.at(place) });
    return requestBytes({ method: 'PUT', path: '/log-level', headers: { ...headers, ...KNOWN_HOST }, body });
  }

  private creation(place: string, authorization = bearer()): Buffer {
    const body = JSON.stringify(aNewProduct({ description: this.canaries.at(place) }));
    return requestBytes({ method: 'POST', path: '/v1/products', headers: { authorization }, body });
  }

  private async visit(visits: readonly Visit[], url = this.store.url, way = 'an answer'): Promise<void> {
    for (const [status, bytes] of visits) {
      const connection = await RawConnection.to(url);
      connection.send(bytes);
      const answer = await connection.answer();
      connection.close();
      this.outputs.addAnswer(way, answer);
      const line = bytes.toString('latin1').split('\r\n')[0]?.slice(0, 80);
      this.expected.push(`${status} to ${line}`);
      this.answered.push(`${answer.status} to ${line}`);
    }
  }

  private async readPages(): Promise<void> {
    const publicUrls = PUBLIC_PAGES.map((path) => this.store.url + path);
    const managementUrls = MANAGEMENT_PAGES.map((path) => this.store.managementUrl + path);
    for (const url of [...publicUrls, ...managementUrls]) {
      const answer = await fetch(url);
      this.outputs.add(new URL(url).pathname, JSON.stringify([...answer.headers]) + (await answer.text()));
    }
  }
}

/** The database then refuses each row, and quotes it in the detail of its error. */
const refuseRows = (url: string): Promise<unknown> =>
  withConnection(url, (admin) =>
    admin.query('ALTER TABLE catalog.products ADD CONSTRAINT planted CHECK (stock < 0) NOT VALID'),
  );
