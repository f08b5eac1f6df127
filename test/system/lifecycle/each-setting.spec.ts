import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationInvalid, describeSettings, loadSettings, type SettingDescription } from '#platform/config';
import { ROOT } from '../support/spawn-service.js';
import { StoreProcess } from '../support/store-process.js';
import { issuer } from '../support/tokens.js';
import '#platform/bootstrap';
import '../../../apps/store/src/store.module.js';

/** sysexits.h: a wrong configuration, which a restart doesn't cure. */
const EX_CONFIG = 78;
const EXIT_MAX_MS = 5_000;
const CANARY = 'c4nary';
/** More than any setting may have: for those that take any text. */
const ENDLESS = CANARY.repeat(20_000);
/** Linux lets a process start with no more than a quarter of its stack's limit in its environment (execve(2)). */
const LONG_ONES_MAX = 5;

type Value = readonly [variable: string, value: string | undefined];

const settings = describeSettings().flatMap((section) => section.settings);
const required: readonly Value[] = settings
  .filter((setting) => setting.required !== 'no')
  .map(({ variable }) => [variable, undefined]);

/** No number, no boolean, and a list with an empty item. */
const UNFIT = `${CANARY},,`;
/** Texts of a right length that mean nothing. */
const MEANINGLESS: readonly Value[] = [
  ['BIND_ADDRESS', `${CANARY}.300`],
  ['MANAGEMENT_BIND_ADDRESS', `${CANARY}.300`],
  ['DATABASE_URL', `mysql://${CANARY}@db/store`],
  ['JWKS_URL', `ftp://${CANARY}/keys`],
  ['REDIS_URL', `http://${CANARY}`],
  ['NATS_URL', `http://${CANARY}`],
  ['RECOMMENDER_URL', CANARY],
];
const takesText = ({ rule, type }: SettingDescription): boolean => rule === '' || type === 'string';
const unfit = settings.map((setting): Value => [setting.variable, takesText(setting) ? ENDLESS : UNFIT]);
const bounded = settings.flatMap(({ variable, rule }) => {
  const [, least, most] = /from (-?[\d.]+) to ([\d.]+)/.exec(rule) ?? [];
  return most === undefined ? [] : [{ variable, below: String(Number(least) - 1), above: String(Number(most) + 1) }];
});
const below = bounded.map((setting): Value => [setting.variable, setting.below]);
const above = bounded.map((setting): Value => [setting.variable, setting.above]);

const COMPLETE = { NODE_ENV: 'production', DATABASE_URL: 'postgres://store@127.0.0.1:1/store', ...issuer.env };

/** Of an environment with this one value, what is said to be wrong. */
function reportOf([variable, value]: Value): readonly string[] {
  try {
    loadSettings({ ...COMPLETE, [variable]: value });
  } catch (error) {
    if (error instanceof ConfigurationInvalid) return error.faults.map((fault) => fault.variable);
  }
  return [];
}

describe('the settings that are tried here', () => {
  it('are all that are documented', () => {
    const documented = [...readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8').matchAll(/^\| `(\w+)`/gm)];

    expect(new Set(settings.map(({ variable }) => variable))).toEqual(new Set(documented.map(([, name]) => name)));
  });
});

describe('a configuration is refused that has', () => {
  it('everything but one that production requires', () => {
    expect(required.map(([variable]) => variable)).toContain('DATABASE_URL');
    expect(required.filter((value) => !reportOf(value).includes(value[0]))).toEqual([]);
  });

  it('one value of another kind, whichever', () => {
    expect(unfit.length).toBeGreaterThan(90);
    expect(unfit.filter((value) => !reportOf(value).includes(value[0]))).toEqual([]);
  });

  it('one text that means nothing there, whichever', () => {
    expect(MEANINGLESS.filter((value) => !reportOf(value).includes(value[0]))).toEqual([]);
  });

  it('one number beyond its bounds, whichever', () => {
    expect(bounded.length).toBeGreaterThan(50);
    expect([...below, ...above].filter((value) => !reportOf(value).includes(value[0]))).toEqual([]);
  });
});

describe('a start ends with 78 within five seconds, has not listened, and names each variable and no value', () => {
  let store: StoreProcess;
  afterEach(() => store.stop());

  it.each<[string, readonly Value[]]>([
    ['required', required],
    ['of another kind', unfit.filter(([, value]) => value === UNFIT)],
    ['too long', unfit.filter(([, value]) => value === ENDLESS).slice(0, LONG_ONES_MAX)],
    ['of no meaning', MEANINGLESS],
    ['too small', below],
    ['too big', above],
  ])('%s', async (_what, values) => {
    const startedAtMs = performance.now();
    store = StoreProcess.launch({ databaseUrl: COMPLETE.DATABASE_URL, env: Object.fromEntries(values) });

    expect(await store.exited).toEqual({ code: EX_CONFIG, signal: null });
    expect(performance.now() - startedAtMs).toBeLessThan(EXIT_MAX_MS);
    expect(store.stdout).toEqual([]);
    const report = store.stderr.join('\n');
    expect(values.filter(([variable]) => !new RegExp(`^ {2}${variable} \\S`, 'm').test(report))).toEqual([]);
    expect(report).not.toContain(CANARY);
  });
});
