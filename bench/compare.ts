import { CASES } from './cases/index.ts';
import { measureOverload } from './overload/overload.ts';
import type { Results } from './report/results.ts';
import { measureCase } from './rounds/measure.ts';
import type { Scene } from './scene/scene.ts';
import { measureStart } from './start/start.ts';

/** Measures what is asked for, case after case, and adds it to the results as it comes. */
export async function compare(scene: Scene, only: readonly string[] | null, empty: Results): Promise<Results> {
  const wanted = (name: string): boolean => only?.includes(name) ?? true;
  const { pace, cases, left } = empty;
  const { progress } = scene;
  for (const { name, make } of CASES.filter((each) => wanted(each.name))) {
    const work = async (): Promise<string> => {
      const made = await make(scene);
      if (!made) {
        left.push(`Not measured: ${name}, because redis-server is not installed here.`);
        return 'needs a redis-server';
      }
      const { title, conditions } = made;
      cases.push({ name, title, conditions, samples: await measureCase(scene, made, pace) });
      return title;
    };
    await progress.step(name, work, (said) => said);
  }
  const start = wanted('start')
    ? {
        start: await progress.step(
          'start',
          () => measureStart(scene, { rounds: pace.starts }),
          () => 'Start and memory',
        ),
      }
    : {};
  const overload = wanted('overload')
    ? {
        overload: await progress.step(
          'overload',
          () => measureOverload(scene, pace),
          () => 'Three times capacity',
        ),
      }
    : {};
  return { ...empty, ...start, ...overload };
}
