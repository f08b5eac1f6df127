import { describe, expect, it } from '@jest/globals';
import { rowOf, withAlerts } from './runbook-index.ts';

const INDEX = '# Runbooks\n\n## By alert\n\nwhat was\n\n## By error code\n\n| code |\n';
const page = (beginning: string): string => `# OutboxLate\n\n${beginning}\n\n**Impact.** None is lost.\n`;

describe('the index of runbooks', () => {
  it('has a row for each page, in place of what was there, and leaves the rest', () => {
    const written = withAlerts(INDEX, [page('**Ticket.** Events are late.')]);

    expect(written).toMatch(/^# Runbooks\n\n## By alert\n\n[^]+\n\n## By error code\n\n\| code \|\n$/);
    expect(written).toContain(
      '|---|---|---|\n| [OutboxLate](alerts/OutboxLate.md) | ticket | Events are late. |\n\n## By',
    );
    expect(written).not.toContain('what was');
    expect(withAlerts(written, [page('**Ticket.** Events are late.')])).toBe(written);
  });

  it.each([
    ['**Page (1h) or ticket (1d).** Slow\nfor 0.5 s. More.', 'page (1h) or ticket (1d) | Slow for 0.5 s.'],
    ['**Page**, or **ticket**. One is `a|b`. Two.', 'page, or ticket | One is `a\\|b`.'],
  ])('says of %j how urgent it is, and the first sentence', (beginning, row) => {
    expect(rowOf(page(beginning))).toBe(`| [OutboxLate](alerts/OutboxLate.md) | ${row} |`);
  });

  it.each([page('**Ticket.**'), '# OutboxLate\n', '## OutboxLate\n\n**Ticket.** Late.\n', ''])(
    'refuses a page that says nothing of it: %j',
    (text) => {
      expect(() => rowOf(text)).toThrow('No runbook of an alert begins so');
    },
  );

  it.each(['# Runbooks\n', INDEX.replace('## By error code', '## By code')])(
    'refuses to be without a place: %j',
    (text) => {
      expect(() => withAlerts(text, [])).toThrow('has no part "By alert"');
    },
  );
});
