import { describe, expect, it } from '@jest/globals';
import { appError, errorCatalogue } from '#kernel/app-error';
import { renderErrorCatalogue, runbookFor, runbookOf } from './catalogue.js';
import { InternalError, RouteNotFound, ValidationFailed } from './edge.errors.js';
import { problemOf } from './problem.js';
import { LEVEL_BY_KIND, logLevelOf, STATUS_BY_KIND } from './error-kinds.js';

const OCCURRENCE = { url: '/v1/products?token=secret', requestId: 'r-1', traceId: 't-1' };
/** As documented; what a proxy's buffer and a log line hold. */
const PROBLEM_BYTES_MAX = 8192;

class StockGone extends appError({ code: 'test.stock-gone', kind: 'conflict', title: 'Gone', remedy: 'Wait.' }) {
  constructor(
    message: string,
    private readonly more: Record<string, unknown>,
  ) {
    super(message);
  }
  override get extensions() {
    return this.more;
  }
}

describe('a problem', () => {
  it('tells the error and the occurrence, without the query string', () => {
    expect(problemOf(new RouteNotFound(), OCCURRENCE)).toEqual({
      type: 'urn:problem-type:platform.route-not-found',
      title: 'No such route',
      status: 404,
      detail: 'No route answers to this path.',
      instance: '/v1/products',
      code: 'platform.route-not-found',
      requestId: 'r-1',
      traceId: 't-1',
    });
  });

  it('has the members that the error adds', () => {
    expect(problemOf(new StockGone('Gone.', { available: 3 }), OCCURRENCE)).toMatchObject({
      status: 409,
      available: 3,
    });
  });

  it('does not tell the cause', () => {
    const problem = problemOf(new InternalError('The service failed.', { cause: new Error('hunter2') }), OCCURRENCE);
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it.each(['p', '€', '\u0001', '"', '\ud800'])('is of bounded size, whatever went into it: %j', (letter) => {
    const long = letter.repeat(5000);
    const faults = Array.from({ length: 500 }, () => ({ pointer: long, detail: long }));
    const problem = problemOf(new ValidationFailed(faults), { ...OCCURRENCE, url: `/${'"'.repeat(16_000)}` });
    expect(Buffer.byteLength(JSON.stringify(problem))).toBeLessThan(PROBLEM_BYTES_MAX);
    expect(problem.errors?.length).toBeGreaterThan(0);
    expect(problem.errors?.length).toBeLessThanOrEqual(20);
  });

  it('tells twenty faults, and the beginning of a long detail', () => {
    const faults = Array.from({ length: 21 }, (_, index) => ({ pointer: `#/list/${index}`, detail: 'is wrong' }));
    expect(problemOf(new ValidationFailed(faults), OCCURRENCE).errors).toEqual(faults.slice(0, 20));
    expect(problemOf(new StockGone('x'.repeat(100_000), {}), OCCURRENCE).detail).toHaveLength(300);
  });
});

describe('the table of statuses', () => {
  it('has a status of an error for each kind, and no status twice', () => {
    const statuses = Object.values(STATUS_BY_KIND);
    expect(new Set(statuses).size).toBe(statuses.length);
    expect(statuses.every((status) => status >= 400 && status < 600)).toBe(true);
  });

  it("keeps what is the client's affair at info, and what is ours above it", () => {
    for (const [kind, status] of Object.entries(STATUS_BY_KIND)) {
      const level = LEVEL_BY_KIND[kind as keyof typeof LEVEL_BY_KIND];
      expect([kind, level === 'info']).toEqual([kind, status < 500]);
    }
  });

  it.each([
    [undefined, 200, 'info'],
    [undefined, 404, 'info'],
    [undefined, 500, 'error'],
    ['platform.route-not-found', 404, 'info'],
    ['platform.internal-error', 500, 'error'],
    ['platform.unavailable', 503, 'warn'],
    ['platform.that-nobody-declared', 400, 'error'],
  ])('logs an answer with the code %s and status %i at %s', (code, status, level) => {
    expect(logLevelOf(code, status)).toBe(level);
  });
});

describe('the catalogue', () => {
  it('has a row for each code, and a runbook for what is our fault', () => {
    const facts = errorCatalogue();
    const page = renderErrorCatalogue(facts);
    for (const fact of facts) expect(page).toContain(`| \`${fact.code}\` | ${STATUS_BY_KIND[fact.kind]} |`);
    expect(runbookOf(InternalError.fact)).toBe('runbooks/platform.internal-error.md');
    expect(runbookOf(RouteNotFound.fact)).toBeNull();
    expect(runbookFor('platform.internal-error')).toBe('docs/runbooks/platform.internal-error.md');
    expect(runbookFor('platform.route-not-found')).toBeUndefined();
    expect(runbookFor(undefined)).toBeUndefined();
  });
});
