import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type DevelopmentIssuer, developmentIssuer } from '../development-issuer/development-issuer.ts';
import { namesIssuer } from '../start/issuer.ts';
import { serveLocally } from './local-server.ts';

export interface Issuer {
  /** What the services are told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Null for an issuer of somebody else's, which gives its tokens by itself. */
  readonly issue: DevelopmentIssuer['issue'] | null;
  close(): Promise<void>;
}

/**
 * The environment's own, else the development issuer's keys, published over a socket: a service in production reads no
 * keys from a file, and trusts an address without TLS on its own machine only.
 */
export async function issuerFor(checkout: string, env: NodeJS.ProcessEnv): Promise<Issuer> {
  if (namesIssuer(env)) return { env: {}, issue: null, close: () => Promise.resolve() };
  const development = await developmentIssuer(checkout, {});
  const keySet = await readFile(fileURLToPath(development.env.JWKS_URL));
  const { origin, close } = await serveLocally((_, response) => {
    response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(keySet);
  });
  return {
    env: { ...development.env, JWKS_URL: `${origin}/jwks.json` },
    issue: (request) => development.issue(request),
    close,
  };
}
