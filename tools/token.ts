/** `npm run token -- --sub alice --scope "catalog:write"`: prints an access token that `npm start` accepts. */
import { resolve } from 'node:path';
import { DEVELOPMENT_ISSUER, developmentIssuer } from './development-issuer/development-issuer.ts';
import { tokenRequestIn } from './development-issuer/token-request.ts';
import { explain, Refusal } from './process/refusal.ts';
import { developmentEnvironment } from './start/environment.ts';
import { namesIssuer } from './start/issuer.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(): Promise<string> {
  const request = tokenRequestIn(process.argv.slice(2));
  const env = await developmentEnvironment(checkout, process.env);
  const issuer = await developmentIssuer(checkout, env);
  if (namesIssuer(env) && env['JWT_ISSUER'] !== DEVELOPMENT_ISSUER) {
    throw new Refusal(
      'Another issuer is configured (JWT_ISSUER, JWT_AUDIENCE or JWKS_URL): get the token from that one.',
    );
  }
  return issuer.issue(request);
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
