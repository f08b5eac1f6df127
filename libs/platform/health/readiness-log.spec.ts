import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { PinoLogger } from 'nestjs-pino';
import { createLogger } from '#platform/logging';
import { ReadinessLog } from './readiness-log.js';

type Details = HealthCheckResult['details'];

const UP: Details = { lifecycle: { status: 'up' }, database: { status: 'up' } };
const AWAY: Details = { ...UP, database: { status: 'down', reason: 'DatabaseUnavailable' } };
const STARTING: Details = { ...UP, lifecycle: { status: 'down', phase: 'starting' } };
const DRAINING: Details = { ...UP, lifecycle: { status: 'down', phase: 'draining' } };

describe('the readiness of a replica', () => {
  let lines: Record<string, unknown>[];
  let log: ReadinessLog;
  beforeEach(() => {
    lines = [];
    const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    log = new ReadinessLog({
      logger: createLogger({ level: 'info', service: 'x', version: '1' }, stream),
    } as PinoLogger);
  });
  const probe = (...all: Details[]) => all.forEach((details) => log.asked({ status: 'ok', details }));

  it('has a line for each change of the reason, and none for each probe', () => {
    probe(STARTING, STARTING, UP, UP, AWAY, AWAY, UP, DRAINING);

    expect(lines.map(({ level, msg, reason }) => [level, msg, reason])).toEqual([
      ['info', 'ready', undefined],
      ['warn', 'not ready', 'database: DatabaseUnavailable'],
      ['info', 'ready', undefined],
      ['info', 'not ready', 'lifecycle: draining'],
    ]);
  });
});
