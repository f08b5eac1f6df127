import type { AnyTrial } from './trial/trial.ts';
import { ROUTES } from './trials/access/routes.ts';
import { CONDITIONAL_READS } from './trials/contract/conditional-reads.ts';
import { CURSORS } from './trials/contract/cursors.ts';
import { DECLARED_ANSWERS } from './trials/contract/declared-answers.ts';
import { PRECONDITIONS } from './trials/contract/preconditions.ts';
import { REPEATED_CREATION } from './trials/contract/repeated-creation.ts';
import { BODIES } from './trials/input/bodies.ts';
import { FIELDS } from './trials/input/fields.ts';
import { PARAMETERS } from './trials/input/parameters.ts';
import { ROUTE_METRICS } from './trials/observation/route-metrics.ts';

/** All that is tried, in this order: first what only asks, then what breaks something. The table sorts by number. */
export const TRIALS: readonly AnyTrial[] = [
  FIELDS,
  PARAMETERS,
  BODIES,
  ROUTES,
  REPEATED_CREATION,
  PRECONDITIONS,
  CONDITIONAL_READS,
  CURSORS,
  ROUTE_METRICS,
  DECLARED_ANSWERS,
];
