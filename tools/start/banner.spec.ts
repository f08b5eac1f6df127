import { describe, expect, it } from '@jest/globals';
import { banner, type BannerFacts, commands } from './banner.ts';

const facts: BannerFacts = {
  api: 'http://127.0.0.1:3001',
  management: 'http://[::1]:9091',
  docs: true,
  issuesTokens: true,
  database: 'postgres://mainstay_service@127.0.0.1:5544/store',
  data: '/checkout/.data/postgres',
  product: { id: '0199e1c4-0000-7000-8000-000000000001', etag: '"7"' },
  readableLogs: true,
};

describe('banner', () => {
  it('says what runs where', () => {
    const text = banner(facts);

    for (const place of [
      'http://127.0.0.1:3001/docs',
      'http://[::1]:9091/health',
      'http://[::1]:9091/metrics',
      'postgres://mainstay_service@127.0.0.1:5544/store',
      '/checkout/.data/postgres',
    ]) {
      expect(text).toContain(place);
    }
  });

  it.each([
    ['a full shop', facts.product],
    ['an empty shop', null],
  ])('offers no documentation that is not served, for %s', (_, product) => {
    expect(banner({ ...facts, docs: false, product })).not.toMatch(/docs|openapi/);
  });

  it.each([true, false])('says how to get a token where the service takes one of ours: %s', (issuesTokens) => {
    expect(banner({ ...facts, issuesTokens }).includes('npm run token -- --sub alice')).toBe(issuesTokens);
  });

  it('says how the logs look', () => {
    expect(banner({ ...facts, readableLogs: false })).toContain('JSON, one line each');
  });

  it.each([
    ['a full shop', facts.product],
    ['a product without an entity tag', { id: 'x', etag: null }],
    ['an empty shop', null],
  ])('prints exactly three commands for %s', (_, product) => {
    const printed = banner({ ...facts, product })
      .split('\n')
      .filter((line) => line.trim().startsWith('curl'));

    expect(printed.map((line) => line.trim())).toEqual(commands({ ...facts, product }));
    expect(printed).toHaveLength(3);
  });

  it('shows a conditional request with the true entity tag', () => {
    const url = 'http://127.0.0.1:3001/v1/products/0199e1c4-0000-7000-8000-000000000001';

    expect(commands(facts)[2]).toBe(`curl -i -H 'If-None-Match: "7"' '${url}'`);
  });
});
