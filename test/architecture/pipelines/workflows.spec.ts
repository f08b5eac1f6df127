import { accessSync, constants, globSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { describe, expect, it } from '@jest/globals';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { readRootFile } from '../container-files.js';
import { ROOT } from '../survey.js';

interface Job {
  readonly permissions?: object;
  readonly uses?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = '.github/workflows';
/** That roll-out.sh waits for, and that smoke.sh makes. */
const [SERVICES, CHECKS] = [2, 5];
/** An action by its commit, and the version that this was when it was looked up. */
const PINNED = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const OWN = /^\s*(?:- )?uses: \.\/\.github\/workflows\//;

const files = globSync('*.yml', { cwd: join(ROOT, FOLDER) });
const text = (file: string): string => readRootFile(`${FOLDER}/${file}`);
const workflow = (file: string): Workflow => parse(text(file)) as Workflow;
const jobs = files.flatMap((file) => Object.entries(workflow(file).jobs).map(([name, job]) => ({ file, name, job })));
const steps = jobs.flatMap(({ file, job }) => (job.steps ?? []).map((step) => ({ file, step })));

let looked = 0;

/** What GitHub's own language service says. It remembers documents by their address. */
async function findings(source: string): Promise<string[]> {
  const address = `file:///${(looked += 1)}/.github/workflows/workflow.yml`;
  const found = await validate(TextDocument.create(address, 'yaml', 1, source), {});
  return found.map(
    ({ message, range }) => `${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
}

describe.each(files)('the workflow %s', (file) => {
  it('is one that GitHub takes', async () => {
    expect(await findings(text(file))).toEqual([]);
  });

  it('pins each action by digest', () => {
    const uses = text(file)
      .split('\n')
      .filter((line) => /^\s*(?:- )?uses:/.test(line));

    expect(uses).not.toEqual([]);
    expect(uses.filter((line) => !PINNED.test(line) && !OWN.test(line))).toEqual([]);
  });

  it('may do nothing but what a job says, and lets no stranger run with our rights', () => {
    const { permissions, on } = workflow(file);

    expect(permissions).toEqual({});
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(text(file)).not.toMatch(/write-all|read-all/);
  });
});

describe('the jobs of the workflows', () => {
  it('say what they may do and how long they may take', () => {
    expect(jobs.length).toBeGreaterThan(4);
    expect(jobs.filter(({ job }) => job.permissions === undefined)).toEqual([]);
    expect(jobs.filter(({ job }) => job.uses === undefined && !job['timeout-minutes'])).toEqual([]);
  });

  it('keep no credentials of the checkout', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));

    expect(checkouts.length).toBeGreaterThan(2);
    expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('put no expression into a script: what somebody else wrote would be run', () => {
    expect(steps.filter(({ step }) => step.run?.includes('{{'))).toEqual([]);
  });

  it('run scripts that are there', () => {
    const scripts = steps.flatMap(({ step }) => step.run?.match(/(?:deploy\/pipeline\/[\w-]+\.sh|\.ci\/run)\b/g) ?? []);

    expect(new Set(scripts)).toEqual(
      new Set([
        '.ci/run',
        ...['build', 'scan', 'push', 'sign', 'verify', 'roll-out'].map((name) => `deploy/pipeline/${name}.sh`),
      ]),
    );
    for (const script of scripts) accessSync(join(ROOT, script), constants.X_OK);
  });
});

describe('the rollout', () => {
  it('has more time than all its waits, and those of its way back', () => {
    const of = (script: string, name: string): number =>
      Number(new RegExp(`${name}=(?:"\\$\\{${name}:-)?(\\d+)`).exec(readRootFile(`deploy/pipeline/${script}.sh`))?.[1]);
    const rollout = SERVICES * of('cluster', 'ROLLOUT_MAX_SECONDS');
    const smoke = CHECKS * (of('smoke', 'TRIES') * (of('smoke', 'ANSWER_MAX_SECONDS') + 1));
    const waits =
      of('cluster', 'SECRETS_MAX_SECONDS') + of('cluster', 'MIGRATION_MAX_SECONDS') + of('slo', 'WATCH_SECONDS');
    const minutes = workflow('roll-out.yml').jobs['roll-out']?.['timeout-minutes'] ?? 0;

    expect(waits + 2 * (rollout + smoke)).toBeGreaterThan(3_600);
    expect(waits + 2 * (rollout + smoke)).toBeLessThan(minutes * 60);
  });
});

describe('what looks at the workflows', () => {
  it.each([
    ['a job that nobody has', 'needs: image', 'needs: picture'],
    ['a misspelt key', 'timeout-minutes: 30', 'timeout-minuets: 30'],
    ['an expression of nothing', 'github.ref_name }}', 'githob.ref_name }}'],
  ])('finds %s', async (_what, from, to) => {
    const broken = text('release.yml').replace(from, to);

    expect(broken).not.toBe(text('release.yml'));
    expect(await findings(broken)).not.toEqual([]);
  });
});
