import { describe, expect, it } from '@jest/globals';
import { Inbox } from '#platform/messaging';
import { InboxHeardEvents } from './inbox-heard-events.js';

describe('InboxHeardEvents', () => {
  it('forgets what this consumer has taken, and says how many', async () => {
    const asked: string[] = [];
    const inbox = {
      forget: (consumer: string) => {
        asked.push(consumer);
        return Promise.resolve(3);
      },
    } as Partial<Inbox> as Inbox;

    expect(await new InboxHeardEvents(inbox).forget()).toBe(3);

    expect(asked).toEqual(['recommendations']);
  });
});
