import { describe, expect, it } from '@jest/globals';
import { describeSettings } from './describe-settings.js';
import { loadSettings } from './load-settings.js';
import './testing/sample.settings.js';

const LINE = 'INTAKE_GREETING is set without LEDGER_URL: nobody writes down who was greeted.';

describe('settings that belong together', () => {
  it('are pointed out when one is set without the other, by name and not by value', () => {
    expect(loadSettings({ INTAKE_GREETING: 'canary' }).warnings).toEqual([LINE]);
  });

  it.each([
    ['neither', {}],
    ['both', { INTAKE_GREETING: 'welcome', LEDGER_URL: 'ledger://clerk@host/ledger' }],
    ['the other alone', { LEDGER_URL: 'ledger://clerk@host/ledger' }],
    ['an empty one', { INTAKE_GREETING: ' ' }],
  ])('are not when there is %s', (_what, env) => {
    expect(loadSettings(env).warnings).toEqual([]);
  });

  it('count an empty partner as none, and one in a file as one', () => {
    expect(loadSettings({ INTAKE_GREETING: 'welcome', LEDGER_URL: '' }).warnings).toEqual([LINE]);
    expect(() => loadSettings({ INTAKE_GREETING: 'welcome', LEDGER_URL_FILE: '/nowhere' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('without LEDGER_URL') }),
    );
  });

  it('are in the reference', () => {
    expect(describeSettings().find(({ section }) => section === 'Parcel intake')?.rules).toEqual([
      'INTAKE_GREETING without LEDGER_URL is pointed out at the start: nobody writes down who was greeted',
    ]);
  });
});
