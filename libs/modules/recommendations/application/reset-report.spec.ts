import { describe, expect, it } from '@jest/globals';
import { resetReport } from './reset-report.js';

describe('the report of a reset', () => {
  it('says what is gone', () => {
    expect(resetReport({ purchases: 3, events: 5 })[0]).toBe('forgot 3 purchases and 5 events');
  });

  it('says that both families are to be replayed, and how far that reaches', () => {
    const report = resetReport({ purchases: 0, events: 0 }).join('\n');

    expect(report).toContain('replay --sent --type orders.order-placed\n');
    expect(report).toContain('replay --sent --type orders.order-cancelled\n');
    expect(report).toContain('OUTBOX_RETENTION_SECONDS');
  });
});
