import { describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { recommenderPolicy } from './recommender.policy.js';
import { RecommenderSettings } from './recommender.settings.js';

const settings = (env: Record<string, string>) => loadSettings({ NODE_ENV: 'test', ...env }).get(RecommenderSettings);

describe('RecommenderSettings', () => {
  it('ask inside the process, within the documented bounds, unless told otherwise', () => {
    expect(settings({})).toEqual({
      url: undefined,
      timeoutMs: 300,
      attemptTimeoutMs: 150,
      productsTimeoutMs: 200,
      staleSeconds: 3_600,
    });
  });

  it('take an address with a path', () => {
    expect(settings({ RECOMMENDER_URL: 'https://recommender:8443/shop' }).url).toBe('https://recommender:8443/shop');
  });

  it.each([
    'ftp://recommender',
    'recommender:3000',
    'http://user:secret@recommender',
    'http://recommender/?key=1',
    'http://recommender/#here',
  ])('refuse the address %s', (url) => {
    expect(() => settings({ RECOMMENDER_URL: url })).toThrow('RECOMMENDER_URL');
  });

  it('shorten the attempts with the whole', () => {
    const { attemptTimeoutMs, totalTimeoutMs } = recommenderPolicy(settings({ RECOMMENDER_TIMEOUT_MS: '100' }));

    expect({ attemptTimeoutMs, totalTimeoutMs }).toEqual({ attemptTimeoutMs: 100, totalTimeoutMs: 100 });
  });

  it.each([
    [{ RECOMMENDER_URL: 'http://recommender' }, ['RECOMMENDER_URL is set without NATS_URL']],
    [{ RECOMMENDER_URL: 'http://recommender', NATS_URL: 'nats://broker' }, []],
    [{}, []],
  ])('point out a recommender that would hear of no orders: %j', (env, told) => {
    const { warnings } = loadSettings({ NODE_ENV: 'test', ...env });

    expect(warnings).toEqual(told.map((line) => expect.stringContaining(line)));
  });
});
