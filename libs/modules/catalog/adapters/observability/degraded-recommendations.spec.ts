import { beforeEach, describe, expect, it } from '@jest/globals';
import { PinoLogger } from 'nestjs-pino';
import { pino } from 'pino';
import { Counter, Registry } from 'prom-client';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import { DegradedRecommendations } from './degraded-recommendations.js';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly source: string;
  readonly err?: { readonly message: string };
}

let lines: Line[];
let counter: Counter<'feature' | 'source'>;
let answers: Counter<'source'>;
let observer: DegradedRecommendations;
beforeEach(() => {
  lines = [];
  counter = new Counter({
    name: 'degraded_responses_total',
    help: 'help',
    labelNames: ['feature', 'source'],
    registers: [new Registry()],
  });
  answers = new Counter({ name: 'answers', help: 'help', labelNames: ['source'], registers: [new Registry()] });
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
  observer = new DegradedRecommendations(counter, answers, { logger } as unknown as PinoLogger);
});

const counted = async (by: Counter<'source'> = counter): Promise<Record<string, number>> =>
  Object.fromEntries((await by.get()).values.map(({ labels, value }) => [String(labels.source), value]));

describe('DegradedRecommendations', () => {
  it('counts each degraded answer by its source, and no live one', async () => {
    for (const source of ['live', 'stale', 'popular', 'popular', 'none'] as const) observer.served(source);

    expect(await counted()).toEqual({ stale: 1, popular: 2, none: 1 });
    expect(await counted(answers)).toEqual({ live: 1, stale: 1, popular: 2, none: 1 });
  });

  it('tells the request, for its line', () => {
    const context = newRequestContext({ deadline: new Deadline(1_000) });
    runInRequest(context, () => observer.served('live'));
    expect(context.degraded).toBeUndefined();

    runInRequest(context, () => observer.served('stale', new Error('refused')));
    expect(context.degraded).toEqual({ recommendations: 'stale' });
  });

  it('writes one line when it begins, with its cause, and none for what follows', () => {
    observer.served('stale', new Error('refused'));
    observer.served('popular', new Error('refused'));
    observer.served('live');
    observer.served('none', new Error('refused'));

    expect(lines).toMatchObject([{ msg: 'answers are degraded', source: 'stale', err: { message: 'refused' } }]);
  });

  it('says nothing of a request that is over', async () => {
    const deadline = new Deadline(1_000);
    deadline.end(new ClientDisconnected());
    const context = newRequestContext({ deadline });

    runInRequest(context, () => observer.served('none', new ClientDisconnected()));

    expect(await counted()).toEqual({});
    expect(lines).toEqual([]);
  });
});
