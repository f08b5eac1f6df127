import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Logger, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { noteDegraded } from '#platform/context';
import { RouteNotFound, ServiceUnavailable } from '#platform/errors';
import { RateLimiter } from '#platform/rate-limit';
import { Public } from './access/route-access.js';
import { RequestTimeout } from './route-config.js';
import { EdgeService } from './testing/edge.service.js';

@Controller()
class FailuresController {
  private readonly logger = new Logger(FailuresController.name);

  @Get('fails')
  @Public()
  fails(): never {
    throw new TypeError('x is not a function', { cause: new Error('the cause') });
  }

  @Get('is-away')
  @Public()
  isAway(): never {
    throw new ServiceUnavailable('Away.', { cause: new Error('the cause') });
  }

  @Get('can-hardly-be-told')
  @Public()
  untellable(): never {
    throw Object.defineProperty(new Error('x'), 'message', { value: Object.create(null) });
  }

  @Get('throws-what-is-no-error')
  @Public()
  throwsAnything(): never {
    throw Object.create(null);
  }

  @Get('fails-late')
  @Public()
  async failsLate(@Res() reply: FastifyReply): Promise<never> {
    await reply.send('{}');
    throw new TypeError('too late');
  }

  @Get('is-stuck')
  @Public()
  @RequestTimeout(1)
  isStuck(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Get('is-not-there')
  @Public()
  isNotThere(): never {
    throw new RouteNotFound();
  }

  @Get('does-without/:id')
  @Public()
  doesWithout(): object {
    this.logger.log('at work');
    noteDegraded('recommendations', 'stale');
    return {};
  }
}

type Line = Readonly<Record<string, unknown>>;

describe('the log of a request', () => {
  let edge: EdgeService;
  beforeAll(async () => {
    edge = await EdgeService.of([FailuresController]);
  });
  afterAll(() => edge.close());

  /** All that was logged for one request. */
  async function linesOf(url: string): Promise<Line[]> {
    const { headers } = await edge.send(url);
    return edge.lines.filter(({ requestId }) => requestId === headers['x-request-id']);
  }
  const msgsOf = (lines: readonly Line[]): unknown[] =>
    lines.map(({ level, msg }) => `${String(level)}: ${String(msg)}`);

  it.each([
    ['/fails', 'error', 'platform.internal-error'],
    ['/is-away', 'warn', 'platform.unavailable'],
  ])(
    'tells of what went wrong at %s once, with its causes, and the line of the request refers to it',
    async (...row) => {
      const [url, level, errorCode] = row;
      const lines = await linesOf(url);
      const [failure, request] = lines;
      const runbook = `docs/runbooks/${errorCode}.md`;

      expect(msgsOf(lines)).toEqual([`${level}: request failed`, `${level}: request`]);
      expect(failure).toMatchObject({ errorCode, runbook, route: url, err: { code: errorCode } });
      expect(JSON.stringify(failure)).toContain('the cause');
      expect(request).toMatchObject({ errorCode, runbook, route: url });
      expect(request).not.toHaveProperty('err');
    },
  );

  it.each(['/can-hardly-be-told', '/throws-what-is-no-error'])('keeps no answer back: %s', async (url) => {
    expect(msgsOf(await linesOf(url))).toEqual(['error: request failed', 'error: request']);
  });

  it('tells of what failed before any filter', async () => {
    const limiter = edge.service.app.get(RateLimiter);
    const admit = jest.spyOn(limiter, 'admit').mockRejectedValueOnce(new TypeError('the cause'));
    const lines = await linesOf('/%E0%A4%A');
    admit.mockRestore();

    expect(msgsOf(lines)).toEqual(['error: request failed', 'error: request']);
    expect(JSON.stringify(lines[0])).toContain('the cause');
  });

  it('tells of stuck work that was answered without it', async () => {
    const [failure, request] = await linesOf('/is-stuck');

    expect(failure).toMatchObject({ level: 'warn', msg: 'request failed', route: '/is-stuck' });
    expect(request).toMatchObject({ level: 'warn', errorCode: 'platform.deadline-exceeded' });
  });

  it('tells of what fails after its answer, which is the one that it was', async () => {
    const lines = await linesOf('/fails-late');
    const request = lines.find(({ msg }) => msg === 'request');

    expect(msgsOf(lines)).toContain('error: request failed after its answer');
    expect(request).toMatchObject({ level: 'info' });
    expect(request).not.toHaveProperty('errorCode');
  });

  it("has no line but the request's for what is the client's affair, and no runbook", async () => {
    const lines = await linesOf('/is-not-there');

    expect(msgsOf(lines)).toEqual(['info: request']);
    expect(lines[0]).toMatchObject({ errorCode: 'platform.route-not-found' });
    expect(lines[0]).not.toHaveProperty('runbook');
  });

  it('says what the answer did without, how much of its time was left, and in each line which route it is', async () => {
    const [work, request] = await linesOf('/does-without/7');

    expect(work).toMatchObject({ msg: 'at work', context: 'FailuresController', route: '/does-without/:id' });
    expect(request).toMatchObject({
      msg: 'request',
      route: '/does-without/:id',
      degraded: { recommendations: 'stale' },
      deadlineLeftMs: expect.any(Number),
    });
    expect(request?.['deadlineLeftMs']).toBeGreaterThan(0);
    expect(request).not.toHaveProperty('errorCode');
  });

  it('says nothing of a degradation where there was none', async () => {
    const [request] = await linesOf('/nowhere');

    expect(request).toMatchObject({ route: '(unmatched)' });
    expect(request).not.toHaveProperty('degraded');
  });
});
