import type { Scene } from '../scene/scene.ts';
import type { ServerProcess } from '../scene/server-process.ts';
import type { Bound } from '../statistics/verdict.ts';

/** One request before it is known what its answer has to be: all contenders of a case are asked the same. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One of those that are compared. */
export interface Contender {
  readonly name: string;
  readonly start: () => Promise<ServerProcess>;
  /** Instead of those of the case: the same, asked in another way. */
  readonly questions?: readonly Question[];
  /** It has the platform's log: a line for each request, no more and no less. */
  readonly logs?: boolean;
  /** It is shown beside the others, and asked something of which the answer differs: then that is not compared. */
  readonly answersOtherwise?: boolean;
  /** Why an answer is not what is to be measured, although it is a good one; null: it is. */
  readonly faultOf?: (body: string) => string | null;
}

/** What the case is measured for: a figure of one contender over that of another, held against the target. */
export interface Condition {
  readonly what: string;
  readonly figure: 'throughput' | 'cpu';
  readonly of: string;
  readonly over: string;
  readonly is: Bound['is'];
  /** What is aimed at first, and beyond that. */
  readonly first: number;
  readonly beyond: number;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  /** The first one is the baseline: asked before and after the others in each round. */
  readonly contenders: readonly Contender[];
  readonly questions: readonly Question[];
  /** Members of an answer that are new each time. */
  readonly changing?: readonly string[];
  readonly conditions: readonly Condition[];
}

/** How the cases come into being, when what they need is there. Null: this machine lacks something, which is said. */
export interface CaseMaker {
  readonly name: string;
  /** Under load nothing but the server is asked: no store shares the load's core. */
  readonly storeless?: boolean;
  readonly make: (scene: Scene) => Promise<Case | null>;
}
