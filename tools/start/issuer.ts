import { developmentIssuer } from '../development-issuer/development-issuer.ts';
import { variableFor } from './environment.ts';

/** Whether the environment says anything of an issuer: then it has to say all of it. */
export function namesIssuer(env: NodeJS.ProcessEnv): boolean {
  return ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL'].some((name) => variableFor(env, name) !== null);
}

/** The environment with an issuer: its own, else the development one. In production there is nothing to add. */
export async function withIssuer(checkout: string, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (namesIssuer(env) || env['NODE_ENV'] === 'production') return env;
  return { ...env, ...(await developmentIssuer(checkout, env)).env };
}
