import { describe, expect, it } from '@jest/globals';
import { loadSettings } from './load-settings.js';
import { RuntimeSettings } from './runtime-settings.js';
import { faultsOf, refusalOf } from './testing/refusal-of.js';
import { IntakeSettings, LedgerSettings } from './testing/sample.settings.js';

describe('reading settings from the environment', () => {
  it('gives each property the value of its variable, in its own type', () => {
    const intake = loadSettings({
      INTAKE_PORT: '4200',
      INTAKE_SHELVES: '12',
      INTAKE_FILL_RATIO: '0.25',
      INTAKE_NIGHT_SHIFT: 'false',
      INTAKE_GREETING: 'Come in, please',
      INTAKE_SIZES: 'medium, large',
    }).get(IntakeSettings);

    expect(intake).toBeInstanceOf(IntakeSettings);
    expect({ ...intake }).toEqual({
      port: 4200,
      shelves: 12,
      fillRatio: 0.25,
      nightShift: false,
      greeting: 'Come in, please',
      sizes: ['medium', 'large'],
    });
  });

  it('uses the defaults where nothing is set', () => {
    const intake = loadSettings({}).get(IntakeSettings);

    expect(intake.port).toBe(4100);
    expect(intake.sizes).toEqual(['small', 'large']);
    expect(intake.greeting).toBeUndefined();
  });

  it('uses the default for development outside production only', () => {
    const url = 'ledger://localhost/ledger';

    expect(loadSettings({}).get(IntakeSettings).nightShift).toBe(true);
    expect(loadSettings({ NODE_ENV: 'production', LEDGER_URL: url }).get(IntakeSettings).nightShift).toBe(false);
  });

  it.each(['', '   ', '\t'])('takes the blank value %j for absent', (blank) => {
    expect(loadSettings({ INTAKE_PORT: blank }).get(IntakeSettings).port).toBe(4100);
  });

  it('removes blanks around a value', () => {
    expect(loadSettings({ INTAKE_PORT: ' 4200 ' }).get(IntakeSettings).port).toBe(4200);
  });

  it('freezes the settings and their lists', () => {
    const byDefault = loadSettings({});
    const given = loadSettings({ INTAKE_SIZES: 'small' });

    expect(byDefault.sections.every(({ settings }) => Object.isFrozen(settings))).toBe(true);
    expect(Object.isFrozen(byDefault.get(IntakeSettings).sizes)).toBe(true);
    expect(Object.isFrozen(given.get(IntakeSettings).sizes)).toBe(true);
  });

  it('keeps secrets out of what is logged or serialised', () => {
    const ledger = loadSettings({ LEDGER_URL: 'ledger://clerk:hush@localhost/x' }).get(LedgerSettings);

    expect(ledger.url).toBe('ledger://clerk:hush@localhost/x');
    expect(JSON.stringify(ledger)).not.toContain('hush');
    expect(Object.keys(ledger)).not.toContain('url');
  });

  it('refuses to give a class that was never declared', () => {
    class Undeclared {}

    expect(() => loadSettings({}).get(Undeclared)).toThrow('Undeclared is no settings class');
  });
});

describe('refusing an environment', () => {
  it.each(['1e3', '0x10', '+5', '4100.', '.5', 'NaN', 'Infinity', '--1', '1_000', '٤', '9'.repeat(400)])(
    'does not take %j for a number',
    (text) => {
      expect(faultsOf({ INTAKE_PORT: text })).toEqual(['INTAKE_PORT must be a whole number from 0 to 65535']);
    },
  );

  it.each(['yes', '1', '0', 'TRUE', 'on', 'null'])('does not take %j for a boolean', (text) => {
    expect(faultsOf({ INTAKE_NIGHT_SHIFT: text })).toEqual(['INTAKE_NIGHT_SHIFT must be true or false']);
  });

  it.each(['small,,large', ',small', 'small,'])('does not take %j for a list', (text) => {
    expect(faultsOf({ INTAKE_SIZES: text })).toEqual([
      'INTAKE_SIZES must be a comma-separated list without empty items and each value must be one of: small, medium, large',
    ]);
  });

  it('checks each item of a list', () => {
    expect(faultsOf({ INTAKE_SIZES: 'small,huge' })).toHaveLength(1);
  });

  it('names every rule of class-validator that stands on the property, from the top down', () => {
    expect(faultsOf({ INTAKE_SHELVES: '501' })).toEqual([
      'INTAKE_SHELVES must be an integer number and must not be less than 1 and must not be greater than 500',
    ]);
  });

  it('refuses NUL characters and values without end', () => {
    expect(faultsOf({ INTAKE_GREETING: 'a\0b' })).toEqual(['INTAKE_GREETING must not contain a NUL character']);
    expect(faultsOf({ INTAKE_GREETING: 'a'.repeat(65_537) })).toEqual([
      'INTAKE_GREETING must not be longer than 65536 characters',
    ]);
  });

  it('demands in production what is required there, and nowhere else', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual(['LEDGER_URL is required in production']);
    expect(faultsOf({ NODE_ENV: 'test' })).toEqual([]);
  });

  it('knows three environments', () => {
    expect(faultsOf({ NODE_ENV: 'prodution' })).toEqual(['NODE_ENV must be one of: development, test, production']);
    expect(loadSettings({}).get(RuntimeSettings).isProduction).toBe(false);
  });

  it('tells all faults in one report, sorted by name', () => {
    const refusal = refusalOf({ LEDGER_WRITERS: '0', INTAKE_PORT: 'x', LEDGER_URL: 'http://a', LEDGR_URL: 'y' });

    expect(refusal?.message).toBe(
      [
        'The configuration has 3 faults (see docs/configuration.md):',
        '  INTAKE_PORT must be a whole number from 0 to 65535',
        '  LEDGER_URL must be a URL that starts with ledger://',
        '  LEDGER_WRITERS must be a whole number from 1 to 64',
        '  LEDGR_URL is not a setting: did you mean LEDGER_URL?',
      ].join('\n'),
    );
  });
});

describe('rules over several settings', () => {
  it('are checked within a class', () => {
    expect(faultsOf({ LEDGER_LOCK_TIMEOUT_MS: '3000' })).toEqual([
      'LEDGER_LOCK_TIMEOUT_MS must be shorter than LEDGER_QUERY_TIMEOUT_MS',
    ]);
  });

  it('are checked between classes', () => {
    expect(faultsOf({ INTAKE_SHELVES: '3' })).toEqual(['LEDGER_WRITERS must not exceed INTAKE_SHELVES']);
  });

  it('keep silent while a setting that they look at is at fault itself', () => {
    expect(faultsOf({ LEDGER_QUERY_TIMEOUT_MS: '5' })).toEqual([
      'LEDGER_QUERY_TIMEOUT_MS must be a whole number of milliseconds from 10 to 60000',
    ]);
  });
});

describe('reading the settings of some classes alone', () => {
  it('asks for nothing else, and judges nothing else', () => {
    const env = { NODE_ENV: 'production', LEDGER_WRITERS: 'many', INTAKE_SHELVES: '3' };

    const settings = loadSettings(env, [IntakeSettings]);

    expect(settings.get(IntakeSettings).shelves).toBe(3);
    expect(() => settings.get(LedgerSettings)).toThrow();
  });

  it('judges what it asks for as ever', () => {
    expect(() => loadSettings({ INTAKE_PORT: 'x' }, [IntakeSettings])).toThrow('INTAKE_PORT');
    expect(() => loadSettings({ LEDGER_LOCK_TIMEOUT_MS: '3000' }, [LedgerSettings])).toThrow('LEDGER_LOCK_TIMEOUT_MS');
  });
});
