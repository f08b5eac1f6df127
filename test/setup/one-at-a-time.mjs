import TestRunner from 'jest-runner';

/**
 * The runner of a project whose suites measure time-outs of the processes that they start: a neighbour on the same cores
 * would be measured too. Jest runs each runner's suites by themselves, so that nobody else's run meanwhile either.
 */
export default class OneAtATime extends TestRunner {
  constructor(globalConfig, context, options) {
    super({ ...globalConfig, maxWorkers: 1 }, context, options);
  }
}
