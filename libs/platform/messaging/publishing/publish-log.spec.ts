import { describe, expect, it } from '@jest/globals';
import { aCloudEvent } from '../testing/event.builder.js';
import { recordingLogs } from '../testing/recording-logs.js';

describe('an event that was not sent', () => {
  const error = () => new TypeError('no', { cause: new Error('the cause') });

  it('is told of with its causes', () => {
    const { publishLog, lines } = recordingLogs();
    publishLog.failed(aCloudEvent(), { error: error(), failures: 1, parked: false });

    expect(lines).toMatchObject([{ msg: 'event not sent', err: { type: 'TypeError' } }]);
  });

  it('is told of in short where its consumer has told of it', () => {
    const { publishLog, deliveryLog, lines } = recordingLogs();
    const [event, failure] = [aCloudEvent(), error()];
    deliveryLog.delivered({ consumer: 'shelves', event, startedAtMs: 0, outcome: 'failed', error: failure });
    publishLog.failed(event, { error: failure, failures: 1, parked: false });

    expect(lines.map(({ msg, eventId }) => [msg, eventId])).toEqual([
      ['event', event.id],
      ['event not sent', event.id],
    ]);
    expect(lines.filter(({ err }) => err !== undefined)).toHaveLength(1);
    expect(lines[1]).toMatchObject({ reason: 'TypeError: no ← Error: the cause' });
  });
});
