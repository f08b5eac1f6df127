import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { LINE_OF_ITS_OWN } from '#platform/logging';
import { DependencyObserver, type DependencyStateChange } from './dependency-observer.js';

/** One line for each change of a breaker's state, and none for a call: a thousand refused calls are one fact. */
@Injectable()
export class DependencyLog extends DependencyObserver {
  constructor(private readonly logger: PinoLogger) {
    super();
  }

  override called(): void {}

  override changed({ dependency, from, to, cause }: DependencyStateChange): void {
    const level = to === 'open' || to === 'isolated' ? 'warn' : 'info';
    this.logger.logger[level](
      { [LINE_OF_ITS_OWN]: true, dependency, from, to, ...(cause !== undefined && { err: cause }) },
      'dependency state changed',
    );
  }
}
