import { Injectable } from '@nestjs/common';
import type { HealthCheckResult } from '@nestjs/terminus';
import { PinoLogger } from 'nestjs-pino';
import { runOutsideRequest } from '#platform/context';
import { LINE_OF_ITS_OWN } from '#platform/logging';

/** Its name in the reports. */
const LIFECYCLE = 'lifecycle';

/** One line when the reason changes for which this replica gets no traffic, as the probes see it; none for each probe. */
@Injectable()
export class ReadinessLog {
  /** What was down at the last probe. A replica begins in a start, of which other lines tell. */
  private last = LIFECYCLE;

  constructor(private readonly logger: PinoLogger) {}

  asked({ details }: HealthCheckResult): void {
    const down = Object.entries(details).filter(([, { status }]) => status === 'down');
    const now = down.map(([name]) => name).join(' ');
    if (now === this.last) return;
    const level = now === '' || now === LIFECYCLE ? 'info' : 'warn'; // a drain is no trouble
    const reason = down.map(([name, facts]) => `${name}: ${whyOf(facts)}`).join('; ');
    this.last = now;
    runOutsideRequest(() =>
      this.logger.logger[level](
        { [LINE_OF_ITS_OWN]: true, ...(reason && { reason }) },
        now === '' ? 'ready' : 'not ready',
      ),
    );
  }
}

const whyOf = ({ reason, phase }: Readonly<Record<string, unknown>>): string =>
  [reason, phase].find((why) => typeof why === 'string') ?? 'down';
