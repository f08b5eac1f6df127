import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer-reader.ts';
import { type PlannedRequest, SAMPLED } from './plan.ts';

const SHOWN_BYTES = 300;
const SHOWN_BEFORE = 40;

/** What has to come back, ready to be compared for each answer. */
export class Expectation {
  readonly status: number;
  readonly #bytes: Buffer | null;
  readonly #changing: readonly string[];
  readonly #stable: unknown;
  #seen = 0;

  constructor({ status, body, changing }: PlannedRequest) {
    this.status = status;
    this.#bytes = body === null ? null : Buffer.from(body);
    this.#changing = changing;
    this.#stable = changing.length > 0 && body !== null ? without(changing, body) : null;
  }

  /** Why the answer is another one; null when it is this one. */
  fault({ status, body }: Answer): string | null {
    if (status === this.status && this.#fits(body)) return null;
    const from = this.#bytes ? firstDifference(this.#bytes, body) : 0;
    const expected = this.#bytes ? shown(this.#bytes, from) : 'anything';
    return `Expected ${this.status} ${expected}\nbut got  ${status} ${shown(body, from)}`;
  }

  #fits(body: Buffer): boolean {
    if (this.#bytes === null) return true;
    if (this.#changing.length === 0) return this.#bytes.equals(body);
    this.#seen += 1;
    if (this.#seen % SAMPLED !== 1) return true;
    return isDeepStrictEqual(without(this.#changing, body.toString()), this.#stable);
  }
}

/** The members of a JSON object, but for these. What is no JSON object is its own text: equal to the same alone. */
export function without(names: readonly string[], body: string): unknown {
  const content = contentOf(body);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return body;
  return Object.fromEntries(Object.entries(content).filter(([name]) => !names.includes(name)));
}

function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** A little before the first byte that differs; 0 where that is near. */
function firstDifference(one: Buffer, other: Buffer): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return Math.max(0, at - SHOWN_BEFORE);
}

const shown = (body: Buffer, from: number): string =>
  (from > 0 ? '… ' : '') + body.toString('utf8', from, from + SHOWN_BYTES);
