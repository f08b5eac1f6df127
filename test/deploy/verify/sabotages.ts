import { AT_THE_EDGE } from './at-the-edge.js';
import { BEHIND_THE_EDGE } from './behind-the-edge.js';
import type { Sabotage } from './sabotage.js';
import { WHEN_THINGS_FAIL } from './when-things-fail.js';

export const SABOTAGES: readonly Sabotage[] = [...AT_THE_EDGE, ...BEHIND_THE_EDGE, ...WHEN_THINGS_FAIL];
