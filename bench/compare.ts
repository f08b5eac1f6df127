import { explain } from '../tools/process/refusal.ts';
import type { CaseMaker } from './cases/case.ts';
import { CASES } from './cases/index.ts';
import { measureOverload } from './overload/overload.ts';
import type { Results } from './report/results.ts';
import { measureCase } from './rounds/measure.ts';
import type { Scene } from './scene/scene.ts';
import { measureStart } from './start/start.ts';

/**
 * Measures what is asked for, case after case, and adds it to the results as it comes. A fault ends its case, and the run
 * fails by it; what else there is to be measured is measured.
 */
export async function compare(scene: Scene, only: readonly string[] | null, empty: Results): Promise<Results> {
  const wanted = (name: string): boolean => only?.includes(name) ?? true;
  const { pace, faults } = empty;
  const { progress } = scene;
  const step = async <T>(name: string, title: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (!wanted(name)) return undefined;
    try {
      return await progress.step(name, work, () => title);
    } catch (error) {
      if (scene.signal.aborted) throw error;
      faults.push(`FAILED: ${name}. ${explain(error)}`);
      return undefined;
    }
  };
  for (const maker of CASES) await step(maker.name, 'measured', () => measured(scene, maker, empty));
  const start = await step('start', 'start and memory', () => measureStart(scene, { rounds: pace.starts }));
  const overload = await step('overload', 'three times capacity', () => measureOverload(scene, pace));
  return { ...empty, ...(start && { start }), ...(overload && { overload }) };
}

async function measured(scene: Scene, { name, make }: CaseMaker, { cases, left, pace }: Results): Promise<void> {
  const made = await make(scene);
  if (!made) {
    left.push(`Not measured: ${name}, because redis-server is not installed here.`);
    return;
  }
  const { title, conditions } = made;
  cases.push({ name, title, conditions, samples: await measureCase(scene, made, pace) });
}
