import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { withLock } from '../process/lock-file.ts';
import { writingIn } from '../process/writable-folder.ts';

export const ALGORITHM = 'ES256';
const LOCK_TIMEOUT_MS = 10_000;
const ONLY_OWNER = 0o700;

export interface KeyFiles {
  readonly privateJwk: JWK;
  /** The public half, as a JSON Web Key Set: what a service is pointed to. */
  readonly keySetPath: string;
}

/** The key pair of a checkout: drawn at first need, and the same from then on, so that tokens outlive a restart. */
export async function keyFilesIn(checkout: string): Promise<KeyFiles> {
  const folder = join(checkout, '.data', 'development-issuer');
  const lock = { purpose: 'drawing the keys of the development issuer', timeoutMs: LOCK_TIMEOUT_MS };
  return withLock(`${folder}.lock`, lock, () => writingIn(folder, () => readOrDraw(folder)));
}

async function readOrDraw(folder: string): Promise<KeyFiles> {
  await chmod(folder, ONLY_OWNER);
  const keySetPath = join(folder, 'jwks.json');
  const privatePath = join(folder, 'private-key.json');
  const privateJwk = (await read(privatePath)) ?? (await draw(privatePath));
  // Written each time from the private half: the two can't come apart.
  await writeWhole(keySetPath, { keys: [publicHalf(privateJwk)] });
  return { privateJwk, keySetPath };
}

async function draw(path: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: ALGORITHM, use: 'sig', kid: `development-${Date.now()}` };
  await writeWhole(path, jwk);
  return jwk;
}

/** Null for a file that isn't there, or was cut short: a new key is drawn then, which costs nobody anything. */
async function read(path: string): Promise<JWK | null> {
  try {
    const jwk = JSON.parse(await readFile(path, 'utf8')) as JWK;
    return jwk.kty === 'EC' && jwk.d !== undefined && jwk.kid !== undefined ? jwk : null;
  } catch {
    return null;
  }
}

const publicHalf = ({ kty, crv, x, y, alg, use, kid }: JWK): JWK => ({ kty, crv, x, y, alg, use, kid });

async function writeWhole(path: string, content: object): Promise<void> {
  const draft = `${path}.draft`;
  await writeFile(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
