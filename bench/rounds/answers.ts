import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../tools/process/refusal.ts';
import type { Question } from '../cases/case.ts';
import { without } from '../load/expectation.ts';
import { NEW_KEY, type PlannedRequest } from '../load/plan.ts';

const ANSWER_TIMEOUT_MS = 10_000;
const SHOWN_CHARACTERS = 400;

export interface GivenAnswer {
  readonly status: number;
  readonly body: string;
}

/** Asks once. */
export async function answerTo(url: string, { method, path, headers = {}, body }: Question): Promise<GivenAnswer> {
  const entries = Object.entries(headers).map(([name, value]) => [name, value === NEW_KEY ? randomUUID() : value]);
  const init = { method, headers: Object.fromEntries(entries) as Record<string, string>, ...(body && { body }) };
  const answer = await fetch(url + path, { ...init, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  return { status: answer.status, body: await answer.text() };
}

/** The request as the load sends it, with what came back for it as what has to come back each time. */
export function planned(
  question: Question,
  answer: Pick<PlannedRequest, 'status' | 'body'>,
  changing: readonly string[],
): PlannedRequest {
  const { method, path, headers = {}, body = '' } = question;
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const fields = Object.entries({ host: '127.0.0.1', 'user-agent': 'mainstay-bench', ...headers, ...length });
  const head = [`${method} ${path} HTTP/1.1`, ...fields.map(([name, value]) => `${name}: ${value}`)];
  return { text: `${head.join('\r\n')}\r\n\r\n${body}`, ...answer, changing };
}

export interface Given {
  readonly contender: string;
  readonly answers: readonly GivenAnswer[];
}

/**
 * What is compared must do the same work: a server that answers an error, or less, is always faster.
 * @throws Refusal for an answer that is not 2xx, and for the first two that differ in status or content
 */
export function refuseDifferent(all: readonly Given[], changing: readonly string[]): void {
  for (const { contender, answers } of all) {
    const bad = answers.find(({ status }) => status < 200 || status > 299);
    if (bad) throw new Refusal(`${contender} answers ${bad.status}: ${shown(bad)}`);
  }
  const [first, ...others] = all;
  for (const { contender, answers } of others) {
    for (const [index, answer] of answers.entries()) {
      const wanted = first?.answers[index];
      if (first && wanted && !isSame(wanted, answer, changing)) {
        throw new Refusal(
          `${first.contender} and ${contender} do not answer the same, so they are not compared:\n` +
            `  ${wanted.status} ${shown(wanted)}\n  ${answer.status} ${shown(answer)}`,
        );
      }
    }
  }
}

function isSame(one: GivenAnswer, other: GivenAnswer, changing: readonly string[]): boolean {
  if (one.status !== other.status) return false;
  return one.body === other.body || isDeepStrictEqual(without(changing, one.body), without(changing, other.body));
}

const shown = ({ body }: GivenAnswer): string => body.slice(0, SHOWN_CHARACTERS);
