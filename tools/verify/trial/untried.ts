import type { PromiseId } from './promises.ts';

/** A promise that is not tried here, or a part of one that is. */
export interface Untried {
  readonly promise: PromiseId;
  /** The part; without it nothing of the promise is tried here. */
  readonly part?: string;
  readonly why: string;
  /** The command that does show it. */
  readonly shownBy: string;
}

/** Whole promises: what takes longer than minutes, other programs, or the sources: each with the command that shows it. */
export const UNTRIED: readonly Untried[] = [
  {
    promise: 'A1',
    why: 'Here the store is started as in production; the embedded start is a command of its own.',
    shownBy: 'npm test -- tools/start/start --selectProjects integration',
  },
  { promise: 'A2', why: 'The suite takes an hour and more.', shownBy: 'npm test' },
  { promise: 'A3', why: 'This run is it.', shownBy: 'npm test -- tools/verify --selectProjects unit' },
  {
    promise: 'C8',
    why: 'It needs a second Postgres that follows the first.',
    shownBy: 'npm test -- test/faults/replica --selectProjects faults',
  },
  {
    promise: 'D4',
    why: 'Rules and dashboards are files, held against promtool and against the metrics that there are.',
    shownBy: 'npm test -- architecture/alerts --selectProjects unit',
  },
  {
    promise: 'E1',
    why: 'Walls are between sources; a build has none.',
    shownBy: 'npm run walls && npm test -- architecture/walls --selectProjects unit',
  },
  {
    promise: 'E2',
    why: 'Each pair of adapters passes one contract suite, which is run on the sources.',
    shownBy:
      'npm test -- adapters/memory adapters/postgres cache/tier messaging/outbox --selectProjects unit integration',
  },
  {
    promise: 'E4',
    why: 'It changes the checkout. A module that was generated before is tried here like any other.',
    shownBy: 'npm run new:module -- parcels && npm run verify',
  },
  {
    promise: 'F6',
    why: 'It is about what is installed, and not about what runs.',
    shownBy: 'npm run supply-chain && npm run audit:dependencies',
  },
  {
    promise: 'F7',
    why: 'The image is built by buildah, for minutes, and run by bwrap.',
    shownBy: 'npm test -- test/deploy/image --selectProjects deploy',
  },
  {
    promise: 'G4',
    why: 'It builds and rolls out two versions.',
    shownBy: 'npm run rehearse:deploy',
  },
  {
    promise: 'G5',
    why: 'It needs the balancer, Prometheus and Alertmanager besides.',
    shownBy: 'npm run start:system -- --smoke',
  },
  {
    promise: 'G6',
    why: 'The pipeline runs against a stand-in of a cluster.',
    shownBy: 'npm test -- test/deploy/pipeline --selectProjects deploy',
  },
  { promise: 'H1', why: 'Ratios want a quiet machine and minutes.', shownBy: 'npm run bench' },
];
