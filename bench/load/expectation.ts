import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer-reader.ts';
import { type PlannedRequest, SAMPLED } from './plan.ts';

const SHOWN_CHARACTERS = 300;

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
    return `Expected ${this.status} ${this.#bytes ? shown(this.#bytes) : ''}\n` + `but got  ${status} ${shown(body)}`;
  }

  #fits(body: Buffer): boolean {
    if (this.#bytes === null) return true;
    if (this.#changing.length === 0) return this.#bytes.equals(body);
    this.#seen += 1;
    if (this.#seen % SAMPLED !== 1) return true;
    return isDeepStrictEqual(without(this.#changing, body.toString()), this.#stable);
  }
}

/** The members of a JSON object, but for these. */
export function without(names: readonly string[], body: string): unknown {
  const members = Object.entries(JSON.parse(body) as object);
  return Object.fromEntries(members.filter(([name]) => !names.includes(name)));
}

const shown = (body: Buffer): string => body.toString('utf8', 0, SHOWN_CHARACTERS);
