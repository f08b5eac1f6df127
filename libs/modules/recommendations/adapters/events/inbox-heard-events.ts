import { Injectable } from '@nestjs/common';
import { Inbox } from '#platform/messaging';
import { HeardEvents } from '../../application/ports/heard-events.js';
import { CONSUMER } from './consumer-name.js';

/** What the inbox has under this consumer's name. */
@Injectable()
export class InboxHeardEvents extends HeardEvents {
  constructor(private readonly inbox: Inbox) {
    super();
  }

  override forget(): Promise<number> {
    return this.inbox.forget(CONSUMER);
  }
}
