import { Refusal } from '../../tools/process/refusal.ts';
import type { Case, Contender } from '../cases/case.ts';
import type { Scene } from '../scene/scene.ts';
import { answerTo, type Given, type GivenAnswer, planned, refuseDifferent } from './answers.ts';
import { orderOf } from './order.ts';
import { type Measured, type Slice, sliceOf } from './slice.ts';

export interface Pace {
  readonly rounds: number;
  readonly sliceMs: number;
  /** Of each contender, before the first round: the compiler's tiers take some ten thousand calls. */
  readonly warmUpMs: number;
  readonly connections: number;
  /** Whether the load computes while it waits. */
  readonly awake?: boolean;
  /** Of each server, where starts are measured: they take seconds. */
  readonly starts: number;
}

/** A word every half minute or so, where a round is some seconds. */
const ROUNDS_PER_NOTE = 5;

/** All slices of a contender, in the order of time. */
export interface Samples {
  readonly contender: string;
  readonly slices: readonly Slice[];
}

/** Starts the contenders of a case, measures them in turns, and ends them. */
export async function measureCase(scene: Scene, { contenders, ...asked }: Case, pace: Pace): Promise<Samples[]> {
  const all: Measured[] = [];
  try {
    for (const contender of contenders) all.push({ contender, server: await contender.start() });
    await plan(scene, all, asked);
    const load = { connections: pace.connections, awake: pace.awake ?? false };
    for (const { contender } of all) await scene.load.run(contender.name, { ...load, durationMs: pace.warmUpMs });
    const slices = new Map<string, Slice[]>(contenders.map(({ name }) => [name, []]));
    await settleLines(all);
    for (let round = 0; round < pace.rounds; round += 1) {
      if (round > 0 && round % ROUNDS_PER_NOTE === 0) scene.progress.note(`round ${round} of ${pace.rounds}`);
      for (const measured of orderOf(all, round)) {
        scene.signal.throwIfAborted();
        const slice = await sliceOf(scene, measured, { ...load, durationMs: pace.sliceMs }, round);
        slices.get(measured.contender.name)?.push(slice);
      }
    }
    return [...slices].map(([contender, each]) => ({ contender, slices: each }));
  } finally {
    for (const { contender } of all) await scene.load.forget(contender.name);
    for (const { server } of all) await server.kill();
  }
}

/** Asks each of them everything once: what came back is what has to come back under load. */
async function plan(scene: Scene, all: readonly Measured[], { questions, changing = [] }: Omit<Case, 'contenders'>) {
  const given: Given[] = [];
  for (const { contender, server } of all) {
    const own = contender.questions ?? questions;
    const answers: GivenAnswer[] = [];
    for (const question of own) answers.push(await answerTo(server.url, question));
    refuseDifferent([{ contender: contender.name, answers }], changing);
    refuseUnfit(contender, answers);
    if (!contender.answersOtherwise) given.push({ contender: contender.name, answers });
    const requests = own.map((question, index) => {
      return planned(question, answers[index] ?? { status: 0, body: '' }, changing);
    });
    await scene.load.plan(contender.name, server.url, requests);
  }
  refuseDifferent(given, changing);
}

/** @throws Refusal for an answer that would be measured in place of another one */
function refuseUnfit({ name, faultOf }: Contender, answers: readonly GivenAnswer[]): void {
  const fault = answers.map(({ body }) => faultOf?.(body) ?? null).find((found) => found !== null);
  if (fault !== undefined) throw new Refusal(`${name} gives something else than what is to be measured: ${fault}`);
}

/** Without a line for so long, nothing is on its way any more. */
const SETTLE_MS = 300;
const SETTLE_TURNS_MAX = 30;

/** What was asked until here is not counted; its lines have to be there before the count begins. */
async function settleLines(all: readonly Measured[]): Promise<void> {
  for (const { server } of all) {
    let before = -1;
    for (let turn = 0; turn < SETTLE_TURNS_MAX && before !== server.lines.count; turn += 1) {
      before = server.lines.count;
      await server.linesFor(Infinity, SETTLE_MS);
    }
  }
}
