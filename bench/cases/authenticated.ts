import { startPipeline } from '../scene/servers.ts';
import type { CaseMaker } from './case.ts';
import { cpu } from './conditions.ts';

const PAIR = { what: 'authenticated read over open read', of: 'with a token', over: 'open' };
const TOKEN_SECONDS = 3_600 * 6;

/** The same controller twice, open and closed: all that differs is who may ask. */
export const authenticated: CaseMaker = {
  name: 'authenticated',
  storeless: true,
  make: async (scene) => {
    const claims = { sub: 'bench', scope: 'orders:read', lifetimeSeconds: TOKEN_SECONDS };
    const token = await scene.issuer.issue?.(claims);
    const headers = { authorization: `Bearer ${token}` };
    return {
      name: 'authenticated',
      title: 'A read that asks for a token, and one that does not',
      questions: [{ method: 'GET', path: '/v1/tiny' }],
      contenders: [
        { name: 'open', logs: true, start: () => startPipeline(scene, { name: 'pipeline' }) },
        {
          name: 'with a token',
          logs: true,
          start: () => startPipeline(scene, { name: 'pipeline with tokens' }),
          questions: [{ method: 'GET', path: '/v1/tiny/closed', headers }],
        },
      ],
      conditions: [cpu(PAIR, [1.3, 1.1])],
    };
  },
};
