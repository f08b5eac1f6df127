import { readFile, glob } from 'node:fs/promises';
import { join } from 'node:path';
import * as stable from '@opentelemetry/semantic-conventions';
import * as incubating from '@opentelemetry/semantic-conventions/incubating';
import { describe, expect, it } from '@jest/globals';

const PLATFORM = join(import.meta.dirname, '..');
/** Files in which spans are described. */
const DESCRIPTIONS =
  '{http/edge/server-span,http-client/*,messaging/event/event-span,postgres/statement-span,redis/redis-span}.ts';
const NAME = /'((?:http|url|db|server|client|network|user|messaging|cloudevents|error)\.[a-z_.]+)'/g;

describe('the names of attributes', () => {
  it('are those of the conventions, letter for letter', async () => {
    const known = new Set<unknown>(Object.values({ ...incubating, ...stable }));
    const used = new Set<string>();
    for await (const file of glob(DESCRIPTIONS, { cwd: PLATFORM })) {
      const text = await readFile(join(PLATFORM, file), 'utf8');
      for (const [, name] of text.matchAll(NAME)) used.add(name ?? '');
    }

    expect(used.size).toBeGreaterThan(20);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });
});
