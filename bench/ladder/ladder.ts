import type { Case, Contender } from '../cases/case.ts';
import type { Scene } from '../scene/scene.ts';
import { startBaseline, startPipeline } from '../scene/servers.ts';

/** The parts of the pipeline in the order in which they are switched on: each stands on those before it. */
export const PARTS = [
  'without middleware',
  'context',
  'security headers',
  'deadline',
  'shedding',
  'access log',
  'metrics',
  'rate limit',
  'validation',
] as const;

/** One after the other over a bare Nest, and at the end the pipeline as it is, with what has no step of its own. */
export function ladder(scene: Scene): Case {
  const step = (parts: readonly string[]): Contender => ({
    name: parts.length === 0 ? 'bare Nest' : `+ ${parts.at(-1)}`,
    logs: parts.includes('access log'),
    start: () => startBaseline(scene, 'ladder', { LADDER: parts.join(',') }),
  });
  return {
    name: 'ladder',
    title: 'The parts of the pipeline, one more with each line',
    questions: [{ method: 'GET', path: '/v1/tiny' }],
    contenders: [
      step([]),
      ...PARTS.map((_, index) => step(PARTS.slice(0, index + 1))),
      { name: 'the whole pipeline', logs: true, start: () => startPipeline(scene, { name: 'pipeline' }) },
    ],
    conditions: [],
  };
}
