import { fileURLToPath } from 'node:url';

/** What V8 writes of a run: which function was seen on the stack at each sample, and how long until the next. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** A function as it was called from one place. */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** One function, wherever it was called from, in microseconds. */
export interface Spent {
  readonly name: string;
  /** `libs/platform/http/access-log.js:26`, the first line of the function; empty for what V8 itself does. */
  readonly place: string;
  readonly self: number;
  /** With all that it calls. */
  readonly inclusive: number;
}

/** Functions of a profile, by what they took themselves. */
export function spentIn(profile: CpuProfile, checkout: string): readonly Spent[] {
  const selfOf = selfTimesIn(profile);
  const stackOf = stacksIn(profile);
  const sums = new Map<string, { readonly node: ProfileNode; self: number; inclusive: number }>();
  const sumOf = (node: ProfileNode) => {
    const sum = sums.get(keyOf(node)) ?? { node, self: 0, inclusive: 0 };
    sums.set(keyOf(node), sum);
    return sum;
  };
  for (const node of profile.nodes) {
    const self = selfOf.get(node.id);
    if (self === undefined) continue;
    sumOf(node).self += self;
    // A function that calls itself, by way of others too, is counted once for each sample.
    const stack = new Map(stackOf(node).map((each) => [keyOf(each), each]));
    for (const each of stack.values()) sumOf(each).inclusive += self;
  }
  const spent = [...sums.values()].map(({ node, self, inclusive }) => {
    return { name: node.callFrame.functionName || '(anonymous)', place: placeOf(node, checkout), self, inclusive };
  });
  return spent.toSorted((a, b) => b.self - a.self);
}

/** By the id of a node. */
function selfTimesIn({ samples, timeDeltas }: CpuProfile): ReadonlyMap<number, number> {
  const selfOf = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    selfOf.set(id, (selfOf.get(id) ?? 0) + Math.max(0, timeDeltas[index + 1] ?? 0));
  }
  return selfOf;
}

/** What gives a node, its caller, and so on to the root. */
function stacksIn({ nodes }: CpuProfile): (node: ProfileNode) => readonly ProfileNode[] {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  return (node) => {
    const stack: ProfileNode[] = [];
    for (let each: ProfileNode | undefined = node; each; each = parents.get(each.id)) stack.push(each);
    return stack;
  };
}

const keyOf = ({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string =>
  `${functionName} ${url}:${lineNumber}`;

function placeOf({ callFrame: { url, lineNumber } }: ProfileNode, checkout: string): string {
  if (url === '') return '';
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${path.replace(`${checkout}/`, '').replace(/^dist\//, '')}:${lineNumber + 1}`;
}
