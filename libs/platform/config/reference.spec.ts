import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { describeSettings } from './describe-settings.js';
import { loadSettings } from './load-settings.js';
import { renderReference } from './reference.js';
import { IntakeSettings } from './testing/sample.settings.js';

function rendered(path: '.env.example' | 'docs/configuration.md'): string {
  return renderReference(describeSettings()).find((file) => file.path === path)?.content ?? '';
}

describe('the description of the settings', () => {
  it('tells everything about a setting', () => {
    const [setting] = describeSettings().find(({ section }) => section === 'Ledger')?.settings ?? [];

    expect(setting).toEqual({
      variable: 'LEDGER_URL',
      path: 'ledger.url',
      type: 'string',
      rule: 'must be a URL that starts with ledger://',
      default: null,
      development: null,
      required: 'in production',
      secret: true,
      example: 'ledger://clerk:word@localhost/ledger',
      description: 'Address of the ledger.',
    });
  });

  it('sorts sections by name, so that the order of imports does not show', () => {
    expect(describeSettings().map(({ section }) => section)).toEqual(['Ledger', 'Parcel intake', 'Runtime']);
  });
});

describe('docs/configuration.md', () => {
  it('has a row for each setting', () => {
    expect(rendered('docs/configuration.md')).toContain(
      [
        '## Ledger',
        '',
        'Where parcels are written down.',
        '',
        '| variable | type | default | rule | description |',
        '|---|---|---|---|---|',
        '| `LEDGER_URL`, `LEDGER_URL_FILE` | string, secret | required in production | must be a URL that starts with ledger:// | Address of the ledger. |',
        '| `LEDGER_LOCK_TIMEOUT_MS` | number | `1000` | must be a whole number of milliseconds from 10 to 60000 | How long a page may be held. |',
      ].join('\n'),
    );
  });

  it('says so where only one of the services has the settings', () => {
    const ledger = { section: 'Ledger', description: 'Where parcels are written down.', settings: [], rules: [] };
    const files = renderReference([{ ...ledger, onlyOf: 'office' }]);

    for (const { content } of files) expect(content).toContain('written down. Only the office reads these.');
  });

  it('tells the rules over several settings', () => {
    expect(rendered('docs/configuration.md')).toContain(
      '- LEDGER_LOCK_TIMEOUT_MS must be shorter than LEDGER_QUERY_TIMEOUT_MS.\n- LEDGER_WRITERS must not exceed INTAKE_SHELVES.',
    );
  });

  it('tells apart what holds in development', () => {
    expect(rendered('docs/configuration.md')).toContain(
      '| `false`; outside production `true` | must be true or false |',
    );
  });

  it('keeps a bar in a text from ending the cell', () => {
    expect(rendered('docs/configuration.md')).toContain('fit \\| through the door');
  });

  it('keeps a line break in a text from ending the row, and other blanks as they are', () => {
    const description = 'Two \n\n  lines,  one row.';
    const sections = describeSettings().map((section) => ({
      ...section,
      settings: section.settings.map((setting) => ({ ...setting, description })),
    }));

    expect(renderReference(sections)[1]?.content).toContain('| Two lines,  one row. |');
  });
});

describe('.env.example', () => {
  it('explains each setting above its line', () => {
    expect(rendered('.env.example')).toContain(
      [
        '# Address of the ledger. It must be a URL that starts with ledger://. Required in production. A secret: LEDGER_URL_FILE may name a file that holds it.',
        '# LEDGER_URL=ledger://clerk:word@localhost/ledger',
      ].join('\n'),
    );
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parseEnv(rendered('.env.example'))).toEqual({});
  });

  it('holds values that are accepted once their lines are opened', () => {
    const opened = rendered('.env.example').replace(/^# (?=[A-Z_]+=)/gm, '');

    expect(loadSettings(parseEnv(opened)).get(IntakeSettings)).toEqual(loadSettings({}).get(IntakeSettings));
  });
});
