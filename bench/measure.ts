import { compare } from './compare.ts';
import { ladder } from './ladder/ladder.ts';
import type { Measuring } from './options.ts';
import { profile } from './profile/profile.ts';
import type { Results } from './report/results.ts';
import { measureCase } from './rounds/measure.ts';
import type { Scene } from './scene/scene.ts';
import { soak } from './soak/soak.ts';

/** Does what is asked for, and adds it to the results. */
export async function measure(scene: Scene, mode: Measuring, empty: Results): Promise<Results> {
  const { pace } = empty;
  switch (mode.do) {
    case 'compare':
      return compare(scene, mode.only, empty);
    case 'ladder':
      return climb(scene, empty);
    case 'soak':
      return { ...empty, soak: await soak(scene, mode.durationMs) };
    case 'profile': {
      const profiled = await scene.progress.step(
        'profile',
        () => profile(scene, mode.name, pace),
        () => mode.name,
      );
      return { ...empty, profile: profiled };
    }
  }
}

async function climb(scene: Scene, empty: Results): Promise<Results> {
  const steps = ladder(scene);
  const { name, title, conditions } = steps;
  const samples = await scene.progress.step(
    'ladder',
    () => measureCase(scene, steps, empty.pace),
    () => title,
  );
  return { ...empty, ladder: { name, title, conditions, samples } };
}
