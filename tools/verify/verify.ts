import { stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { explain, Refusal } from '../process/refusal.ts';
import { buildStore } from '../start/build.ts';
import type { Interruption } from '../start/interruption.ts';
import { type Options, USAGE } from './options.ts';
import { releaseOf } from './release.ts';
import { exitCodeOf, textOf } from './report/report.ts';
import { writtenRun } from './report/json.ts';
import { Ticker } from './report/ticker.ts';
import { Stage } from './stage/stage.ts';
import { strangers } from './trial/select.ts';
import { tried } from './tried.ts';
import { TRIALS } from './trials.ts';

export interface VerifyOptions {
  readonly checkout: string;
  readonly options: Options;
  readonly interruption: Interruption;
}

/** Tries what is asked for, prints the table, and gives the exit code. @throws Refusal where nothing can be tried */
export async function verify({ checkout, options, interruption }: VerifyOptions): Promise<number> {
  const unknown = strangers(TRIALS, options.only);
  if (unknown.length > 0) throw new Refusal(`Nothing is tried by the name of ${unknown.join(', ')}.\n${USAGE}`);
  await refuseNowhere(options.json);
  const { signal } = interruption;
  const ticker = new Ticker((text) => process.stderr.write(text));
  if (options.build) ticker.note(`build: ${await buildStore(checkout, signal)}`);
  const release = await releaseOf(checkout, options.dist);
  const tell = (text: string): void => ticker.note(text);
  const stage = await Stage.open({ checkout, release, env: process.env, tell, signal });
  try {
    if (options.strict) refuseAbsent(Object.values(stage.absent));
    const run = await tried(stage, options.only, ticker);
    process.stdout.write(`\n${textOf(run, { colour: process.stdout.isTTY })}`);
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(writtenRun(run), null, 2)}\n`);
    return exitCodeOf(run);
  } finally {
    await stage.close().catch((error: unknown) => ticker.note(`not all could be taken down: ${explain(error)}`));
  }
}

/** What was tried for minutes would be lost. @throws Refusal */
async function refuseNowhere(json: string | null): Promise<void> {
  if (json === null) return;
  const folder = dirname(resolve(json));
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new Refusal(`--json: there is no folder ${folder}.`);
}

/** Where nobody reads what was left out, all of it has to be tried. @throws Refusal */
function refuseAbsent(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(`All is to be tried (--strict, or CI=true), and ${reasons.join('; ')}.`);
}
