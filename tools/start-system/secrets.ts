import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';

const DRAW_TIMEOUT_MS = 60_000;

/** Draws the secrets of one run, with the script that draws those of a composed system. */
export async function drawSecrets(checkout: string, folder: string, signal: AbortSignal): Promise<Map<string, string>> {
  const drawn = join(folder, 'secrets');
  await mkdir(drawn, { mode: 0o700 });
  const script = join(folder, 'create-secrets.sh');
  await copyFile(join(checkout, 'deploy/compose/create-secrets.sh'), script);
  const outcome = await runProgram('bash', [script], { cwd: folder, timeoutMs: DRAW_TIMEOUT_MS, signal });
  if (outcome.code !== 0) throw new Refusal(`create-secrets.sh failed:\n${outcome.output}`);
  const texts = (await readdir(drawn)).map(async (name): Promise<[string, string]> => {
    return [name, await readFile(join(drawn, name), 'utf8')];
  });
  return new Map(await Promise.all(texts));
}
