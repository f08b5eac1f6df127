import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { importJWK, SignJWT } from 'jose';
import { Refusal } from '../process/refusal.ts';
import { ALGORITHM, keyFilesIn } from './key-files.ts';

/** No URL: nobody is there to be asked, and no service of anybody's would trust it by mistake. */
export const DEVELOPMENT_ISSUER = 'urn:mainstay:development-issuer';
export const DEVELOPMENT_AUDIENCE = 'urn:mainstay:store';

/** RFC 9068, 2.2: the client that asked for the token. */
const CLIENT = 'npm-run-token';

export interface TokenRequest {
  readonly sub: string;
  /** Separated by blanks. */
  readonly scope: string;
  readonly lifetimeSeconds: number;
}

export interface DevelopmentIssuer {
  /** What a service needs in its environment to trust it. */
  readonly env: { readonly JWT_ISSUER: string; readonly JWT_AUDIENCE: string; readonly JWKS_URL: string };
  issue(request: TokenRequest): Promise<string>;
}

/**
 * Stands in for a real issuer on a developer's machine: it asks nobody for a password, and gives any scope. Its keys are
 * files of the checkout, which a service reads in development only.
 * @throws Refusal in production
 */
export async function developmentIssuer(checkout: string, env: NodeJS.ProcessEnv): Promise<DevelopmentIssuer> {
  if (env['NODE_ENV']?.trim() === 'production') {
    throw new Refusal('There is no development issuer in production: tokens come from the issuer of JWT_ISSUER.');
  }
  const { privateJwk, keySetPath } = await keyFilesIn(checkout);
  const key = await importJWK(privateJwk, ALGORITHM);
  return {
    env: {
      JWT_ISSUER: DEVELOPMENT_ISSUER,
      JWT_AUDIENCE: DEVELOPMENT_AUDIENCE,
      JWKS_URL: pathToFileURL(keySetPath).href,
    },
    issue: ({ sub, scope, lifetimeSeconds }) =>
      new SignJWT({ scope, client_id: CLIENT })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid: privateJwk.kid ?? '' })
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience(DEVELOPMENT_AUDIENCE)
        .setSubject(sub)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds} s`)
        .sign(key),
  };
}
