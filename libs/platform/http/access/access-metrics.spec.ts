import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MetricsRegistry } from '#platform/metrics';
import { newKey } from '#platform/testing';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

let edge: EdgeService;
beforeAll(async () => {
  edge = await EdgeService.of([RoomsController]);
});
afterAll(() => edge.close());

/** Values of the counter by its one label, as a scrape shows them. */
async function counted(name: string): Promise<Record<string, number>> {
  const text = await edge.service.app.get(MetricsRegistry, { strict: false }).scrape();
  const lines = text.matchAll(new RegExp(`^${name}\\{\\w+="([^"]+)"\\} (\\d+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, label = '', value]): [string, number] => [label, Number(value)]));
}

const REASONS = [
  'absent',
  'expired',
  'undecided',
  'scheme',
  'size',
  'malformed',
  'algorithm',
  'key',
  'signature',
  'issuer',
  'audience',
  'not-yet-valid',
  'type',
  'claims',
];

describe('authentication_failures_total', () => {
  it('has each reason from the start, so that the first failure is seen as a rise', async () => {
    const found = await counted('authentication_failures_total');

    expect(found).toEqual(Object.fromEntries(REASONS.map((reason) => [reason, 0])));
  });

  it.each([
    ['absent', () => undefined],
    ['expired', () => edge.issuer.token({ exp: 1 })],
    ['malformed', () => 'garbage'],
    ['size', () => 'x'.repeat(9_000)],
    ['algorithm', () => edge.issuer.token({}, { alg: 'none' })],
    ['key', () => edge.issuer.token({}, {}, newKey())],
    ['signature', () => edge.issuer.token({}, { kid: edge.issuer.key.kid }, newKey())],
    ['issuer', () => edge.issuer.token({ iss: 'x' })],
    ['audience', () => edge.issuer.token({ aud: 'x' })],
    ['not-yet-valid', () => edge.issuer.token({ nbf: 4_102_444_800 })],
    ['type', () => edge.issuer.token({}, { typ: 'JWT' })],
    ['claims', () => edge.issuer.token({ sub: '' })],
  ])('counts a request once, by its reason: %s', async (reason, token) => {
    const before = await counted('authentication_failures_total');
    const made = token();

    await edge.send('/closed', made === undefined ? {} : { token: made });

    const after = await counted('authentication_failures_total');
    expect(after).toEqual({ ...before, [reason]: (before[reason] ?? 0) + 1 });
  });

  it('counts nobody who is identified, or need not be, or is refused for another reason', async () => {
    const before = await counted('authentication_failures_total');

    await edge.send('/closed', { token: edge.issuer.token() });
    await edge.send('/vault', { token: edge.issuer.token({ scope: '' }) });
    await edge.send('/open', { token: 'garbage' });
    await edge.send('/nothing');

    expect(await counted('authentication_failures_total')).toEqual(before);
  });
});

describe('rate_limited_requests_total', () => {
  it('has each limit from the start', async () => {
    expect(await counted('rate_limited_requests_total')).toEqual({ default: 0, searches: 0, 'open-searches': 0 });
  });

  it('counts what a limit has refused, by the name of the limit', async () => {
    const token = edge.issuer.token({ sub: 'eager' });
    for (let n = 0; n < 3; n += 1) await edge.send('/searches', { token });
    for (let n = 0; n < 2; n += 1) await edge.send('/open-searches');

    expect(await counted('rate_limited_requests_total')).toEqual({ default: 0, searches: 2, 'open-searches': 1 });
  });
});
