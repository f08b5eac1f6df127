import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UseCase } from '#kernel/use-case';
import { recordedTracing, type RecordedTracing } from './testing/recorded-tracing.js';
import { activeTracer } from './tracer.js';
import { traceUseCases } from './use-case-spans.js';

@UseCase()
class MoveThing {
  private readonly moved: string[] = [];

  async execute(thing: string): Promise<readonly string[]> {
    this.note(thing);
    return this.moved;
  }

  private note(thing: string): void {
    this.moved.push(thing);
  }
}

@UseCase()
class ThingQueries {
  async get(id: string): Promise<string> {
    return `thing ${id}`;
  }

  get known(): number {
    throw new Error('nobody asks');
  }

  count(things: readonly string[]): number {
    if (things.length === 0) throw new RangeError('none');
    return things.length;
  }
}

class Bystander {
  async execute(): Promise<void> {}
}

let tracing: RecordedTracing;
beforeEach(() => {
  tracing = recordedTracing();
});
afterEach(() => tracing.off());

describe('use cases', () => {
  it('run in spans by their names, and do what they did', async () => {
    const [move, queries, bystander] = [new MoveThing(), new ThingQueries(), new Bystander()];
    traceUseCases([move, queries, bystander, move, undefined, 'text']);
    await activeTracer()
      ?.enter('server', { parent: null })
      .run(async () => {
        expect(await move.execute('a')).toEqual(['a']);
        expect(await queries.get('b')).toBe('thing b');
        await bystander.execute();
      });

    expect(tracing.spans.map(({ name }) => name)).toEqual(['MoveThing', 'ThingQueries.get']);
  });

  it('that give no promise give none in their span, and throw as they did', () => {
    const queries = new ThingQueries();
    traceUseCases([queries]);

    activeTracer()
      ?.enter('server', { parent: null })
      .run(() => {
        expect(queries.count(['a'])).toBe(1);
        expect(() => queries.count([])).toThrow(RangeError);
      });
  });

  it('of other instances stay as they are', async () => {
    traceUseCases([new MoveThing()]);
    const untouched = new MoveThing();
    await activeTracer()
      ?.enter('server', { parent: null })
      .run(() => untouched.execute('a'));

    expect(tracing.spans).toEqual([]);
  });
});
