import { Injectable, Logger } from '@nestjs/common';
import { BackgroundWork } from '#platform/lifecycle';
import { NatsSettings } from '../nats.settings.js';
import { BrokerExpectation } from './broker-expectation.js';

/** Whether the broker is missing by which alone events come here. The service serves all the same, with what it knows. */
@Injectable()
export class MissingBroker extends BackgroundWork {
  private readonly logger = new Logger(MissingBroker.name);

  constructor(
    private readonly settings: NatsSettings,
    private readonly expectation: BrokerExpectation,
  ) {
    super();
  }

  get isMissing(): boolean {
    return this.expectation.isExpected && this.settings.urls === undefined;
  }

  /** Once, when the service serves: whoever only migrates or asks hears of no events anyway. */
  override start(): void {
    if (this.isMissing) this.logger.warn('No event of another service is heard: NATS_URL names no broker.');
  }

  override async stop(): Promise<void> {}
}
