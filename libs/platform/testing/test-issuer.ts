import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const AUDIENCE = 'https://store.test';
const LIFETIME_SECONDS = 3_600;

export interface Claims {
  readonly sub?: unknown;
  readonly scope?: unknown;
  readonly [claim: string]: unknown;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: Record<string, unknown>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A token issuer outside our walls, over a real socket: its keys, its tokens, and whatever else it may answer. Written
 * so that Node runs it as it is: tools start it, too.
 */
export class TestIssuer {
  /** Also once it is closed: a token still names it. */
  readonly url: string;
  /** Requests for the keys so far. */
  fetches = 0;
  private readonly server: Server;
  private keys = [newKey()];
  private handler: Handler = (_request, response) => this.publish(response);

  private constructor(server: Server, url: string) {
    this.server = server;
    this.url = url;
  }

  static async listening(port = 0): Promise<TestIssuer> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const issuer = new TestIssuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      issuer.fetches += 1;
      issuer.handler(request, response);
    });
    server.unref(); // a test that fails before it closes this must not hold the whole run
    return issuer;
  }

  /** What a service needs to trust it. */
  get env(): { readonly JWT_ISSUER: string; readonly JWT_AUDIENCE: string; readonly JWKS_URL: string } {
    return { JWT_ISSUER: this.url, JWT_AUDIENCE: AUDIENCE, JWKS_URL: `${this.url}/jwks.json` };
  }

  /** The key that signs now. */
  get key(): SigningKey {
    const key = this.keys.at(-1);
    if (!key) throw new Error('This issuer has no key.');
    return key;
  }

  /** An access token that is good, unless the claims or the header that are given make it bad; `undefined` leaves one out. */
  token(claims: Claims = {}, header: Record<string, unknown> = {}, key = this.key): string {
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: this.url, aud: AUDIENCE, sub: 'storekeeper-7', scope: 'catalog:write', jti: randomUUID() };
    const payload = { ...usual, iat: now, exp: now + LIFETIME_SECONDS, ...claims };
    const signed = [{ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header }, payload].map(encoded).join('.');
    const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** A new key signs from now on; the old ones are published on, unless they are withdrawn. */
  rotate({ withdraw = false } = {}): void {
    this.keys = [...(withdraw ? [] : this.keys), newKey()];
  }

  /** From now on it answers otherwise; without a handler, as it should. */
  answers(handler?: Handler): void {
    this.handler = handler ?? ((_request, response) => this.publish(response));
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close').catch(() => undefined);
  }

  /** The text of the key set that it publishes now. */
  keySet(): string {
    return JSON.stringify({ keys: this.keys.map(({ publicJwk }) => publicJwk) });
  }

  private publish(response: ServerResponse): void {
    response.setHeader('content-type', 'application/jwk-set+json');
    response.end(this.keySet());
  }
}

export const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair that is on no list until an issuer publishes it. */
export function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } };
}
