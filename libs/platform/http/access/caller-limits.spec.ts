import { afterEach, describe, expect, it } from '@jest/globals';
import { newKey } from '#platform/testing';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

const MAX = 3;
const HERE = '192.0.2.1';
const THERE = '198.51.100.2';

let edge: EdgeService;
afterEach(() => edge.close());

async function limited(env: Readonly<Record<string, string>> = {}): Promise<void> {
  edge = await EdgeService.of([RoomsController], { RATE_LIMIT_MAX: String(MAX), ...env });
}

async function statuses(count: number, ...[url, options]: Parameters<EdgeService['send']>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) found.push((await edge.send(url, options)).statusCode);
  return found;
}

const from = (remoteAddress: string) => ({ remoteAddress });
const forged = () => edge.issuer.token({}, {}, newKey());

describe('each answer', () => {
  it('tells the limit and what is left of it, whoever asks', async () => {
    edge = await EdgeService.of([RoomsController]);

    for (const options of [{}, { token: edge.issuer.token() }]) {
      expect((await edge.send('/open', options)).headers['ratelimit-policy']).toBe('"default";q=6000;w=60');
    }
    expect((await edge.send('/closed', { token: edge.issuer.token({ sub: 'new' }) })).headers).toMatchObject({
      'ratelimit-policy': '"default";q=6000;w=60',
      ratelimit: '"default";r=5999;t=60',
    });
  });

  it('over the limit is 429, and says when to come again', async () => {
    await limited();
    expect(await statuses(MAX, '/open')).toEqual([200, 200, 200]);

    const response = await edge.send('/open');

    expect(response.statusCode).toBe(429);
    expect(response.json()).toMatchObject({
      code: 'platform.rate-limited',
      status: 429,
      detail: 'More than 3 requests in 60 s.',
    });
    expect(response.headers).toMatchObject({
      'ratelimit-policy': '"default";q=3;w=60',
      ratelimit: expect.stringMatching(/^"default";r=0;t=\d+$/),
      'retry-after': expect.stringMatching(/^(60|5\d)$/),
      'cache-control': 'no-store',
    });
    expect(edge.requestLines.at(-1)).toMatchObject({ exceededLimit: 'default', errorCode: 'platform.rate-limited' });
  });

  it('tells nothing where limits are turned off', async () => {
    await limited({ RATE_LIMIT_MAX: '0' });

    expect(await statuses(10, '/open-searches')).toEqual(Array.from({ length: 10 }, () => 200));
    expect((await edge.send('/open')).headers).not.toHaveProperty('ratelimit');
    expect((await edge.send('/open')).headers).not.toHaveProperty('ratelimit-policy');
  });
});

describe('a user', () => {
  it('is counted by who it is, from wherever it asks', async () => {
    await limited();
    const send = (address: string) => edge.send('/closed', { token: edge.issuer.token(), ...from(address) });

    await send(HERE);
    await send(THERE);
    await send('2001:db8::1');

    expect(await send('203.0.113.3')).toMatchObject({ statusCode: 429 });
  });

  it('is counted apart from others of its address, and from the address itself', async () => {
    await limited();
    await statuses(MAX + 1, '/closed', { token: edge.issuer.token({ sub: 'a' }) });

    expect(await edge.send('/closed', { token: edge.issuer.token({ sub: 'b' }) })).toMatchObject({ statusCode: 200 });
    expect(await edge.send('/open')).toMatchObject({ statusCode: 200 });
  });

  it('is told of its limit before it is told of its scopes, and both count', async () => {
    await limited();
    const token = edge.issuer.token({ scope: '' });

    expect(await statuses(MAX + 1, '/vault', { token })).toEqual([403, 403, 403, 429]);
  });
});

describe('an address', () => {
  it('is counted on public routes, and where no route answers', async () => {
    await limited();

    await edge.send('/open', from(HERE));
    await edge.send('/nothing', from(HERE));
    await edge.send('/open', { method: 'POST', ...from(HERE) });

    expect(await edge.send('/nothing', from(HERE))).toMatchObject({ statusCode: 429 });
    expect(await edge.send('/open', from(THERE))).toMatchObject({ statusCode: 200 });
  });

  it('of IPv6 is the /64 that one client has', async () => {
    await limited();
    for (const address of ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:DB8::3'])
      await edge.send('/open', from(address));

    expect(await edge.send('/open', from('2001:db8::4'))).toMatchObject({ statusCode: 429 });
    expect(await edge.send('/open', from('2001:db8:0:1::4'))).toMatchObject({ statusCode: 200 });
  });

  it('of IPv4 is one, however it is written', async () => {
    await limited();
    for (const address of [HERE, `::ffff:${HERE}`, '::ffff:c000:201']) await edge.send('/open', from(address));

    expect(await edge.send('/open', from(HERE))).toMatchObject({ statusCode: 429 });
  });

  it('is the one that a trusted proxy tells', async () => {
    await limited({ TRUST_PROXY: '10.0.0.0/8' });
    const by = (forwarded: string) => ({ ...from('10.0.0.1'), headers: { 'x-forwarded-for': forwarded } });
    await statuses(MAX, '/open', by(HERE));

    expect(await edge.send('/open', by(HERE))).toMatchObject({ statusCode: 429 });
    expect(await edge.send('/open', by(`${HERE}, ${THERE}`))).toMatchObject({ statusCode: 200 }); // the nearest counts
  });

  it.each([
    [`${HERE}:8080`, HERE],
    ['[2001:db8::7]:8080', '2001:db8::7'],
    ['2001:db8::7', '2001:db8::7'],
  ])('is told without its port: %s', async (forwarded, address) => {
    await limited({ TRUST_PROXY: '10.0.0.0/8' });

    await edge.send('/open', { ...from('10.0.0.1'), headers: { 'x-forwarded-for': forwarded } });

    expect(edge.requestLines.at(-1)).toMatchObject({ clientAddress: address });
  });

  it('is not what a stranger says of itself', async () => {
    await limited();
    const claiming = (forwarded: string) => ({ ...from(HERE), headers: { 'x-forwarded-for': forwarded } });
    for (let n = 0; n < MAX; n += 1) await edge.send('/open', claiming(`203.0.113.${n}`));

    expect(await edge.send('/open', claiming('203.0.113.99'))).toMatchObject({ statusCode: 429 });
  });

  it.each(['garbage', '', 'unknown, unknown', '300.1.2.3', ':8080', '[]', '_hidden', "' OR 1=1", ','])(
    'is that of the socket when a trusted proxy tells %j',
    async (forwarded) => {
      await limited({ TRUST_PROXY: '10.0.0.0/8' });

      const response = await edge.send('/open', { ...from('10.0.0.1'), headers: { 'x-forwarded-for': forwarded } });

      expect(response.statusCode).toBe(200);
      expect(edge.requestLines.at(-1)).toMatchObject({ clientAddress: '10.0.0.1' });
    },
  );
});

describe('a stranger', () => {
  it('who fails to be identified is counted by address, with a token or without', async () => {
    await limited();

    expect(await statuses(2, '/closed', from(HERE))).toEqual([401, 401]);
    expect(await statuses(2, '/closed', { token: forged(), ...from(HERE) })).toEqual([401, 429]);
    expect(await statuses(1, '/closed', from(THERE))).toEqual([401]);
  });

  it('does not use up what its address has on public routes', async () => {
    await limited();
    await statuses(MAX + 2, '/closed', { token: forged(), ...from(HERE) });

    expect((await edge.send('/open', from(HERE))).headers.ratelimit).toMatch(/^"default";r=2;/);
  });

  it('who has sent too many bad tokens has no signature checked: not even a good one', async () => {
    await limited();
    await statuses(MAX, '/closed', { token: forged(), ...from(HERE) });
    const token = edge.issuer.token();

    const refused = await edge.send('/closed', { token, ...from(HERE) });

    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({ 'retry-after': expect.stringMatching(/^\d+$/) });
    expect(await edge.send('/closed', { token, ...from(THERE) })).toMatchObject({ statusCode: 200 });
  });

  it('does not lock out a user of its address who is known already', async () => {
    await limited();
    const token = edge.issuer.token();
    await edge.send('/closed', { token, ...from(HERE) });
    await edge.send('/closed', { token, ...from(HERE) });
    await statuses(MAX + 1, '/closed', { token: forged(), ...from(HERE) });

    expect(await edge.send('/closed', { token, ...from(HERE) })).toMatchObject({ statusCode: 200 });
  });
});

describe('a route with a limit of its own', () => {
  it('tells both, and refuses by its own', async () => {
    await limited();
    const token = edge.issuer.token();

    const first = await edge.send('/searches', { token });
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"searches";q=1;w=30, "default";q=3;w=60',
      ratelimit: '"searches";r=0;t=30, "default";r=2;t=60',
    });
    const second = await edge.send('/searches', { token });
    expect(second.statusCode).toBe(429);
    expect(second.json()).toMatchObject({ detail: 'More than 1 requests in 30 s.' });
    expect(edge.requestLines.at(-1)).toMatchObject({ exceededLimit: 'searches' });
    expect(await edge.send('/closed', { token })).toMatchObject({ statusCode: 200 });
  });

  it('is asked only for those that it lets in: strangers are counted apart', async () => {
    await limited();
    await edge.send('/searches');

    expect(await edge.send('/searches', { token: edge.issuer.token() })).toMatchObject({ statusCode: 200 });
  });

  it('counts addresses where it is public', async () => {
    await limited();

    expect(await statuses(2, '/open-searches', from(HERE))).toEqual([200, 429]);
    expect(await statuses(1, '/open-searches', from(THERE))).toEqual([200]);
  });
});

describe('a route without limits', () => {
  it('answers as often as it is asked, tells of no limit, and counts nothing', async () => {
    await limited();

    expect(await statuses(MAX + 2, '/hall')).toEqual([200, 200, 200, 200, 200]);
    const { headers } = await edge.send('/hall');
    expect(headers).not.toHaveProperty('ratelimit');
    expect(headers).not.toHaveProperty('ratelimit-policy');
    expect((await edge.send('/open')).headers['ratelimit']).toMatch(/^"default";r=2;/);
  });

  it('is open to an address that has used up what it has elsewhere', async () => {
    await limited();
    await statuses(MAX + 1, '/open');

    expect(await edge.send('/hall')).toMatchObject({ statusCode: 200 });
    expect(await edge.send('/open')).toMatchObject({ statusCode: 429 });
  });

  it('counts no user where it is closed, and strangers all the same', async () => {
    await limited();

    expect(await statuses(MAX + 1, '/club', { token: edge.issuer.token() })).toEqual([200, 200, 200, 200]);
    expect(await statuses(MAX + 1, '/club', { token: forged() })).toEqual([401, 401, 401, 429]);
  });
});
