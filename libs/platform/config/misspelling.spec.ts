import { describe, expect, it } from '@jest/globals';
import { loadSettings } from './load-settings.js';
import './testing/sample.settings.js';

const warningsOf = (name: string, value = 'x') => loadSettings({ [name]: value }).warnings;

describe('misspelt settings', () => {
  it.each([
    ['LEDGR_URL', 'LEDGER_URL'],
    ['LEDGER_ULR', 'LEDGER_URL'],
    ['LEDGER_URLS', 'LEDGER_URL'],
    ['LEGDER_ULR', 'LEDGER_URL'],
    ['LEDGER_URL_FIEL', 'LEDGER_URL_FILE'],
    ['ledger_url', 'LEDGER_URL'],
    ['INTAKEPORT', 'INTAKE_PORT'],
    ['NODE_EVN', 'NODE_ENV'],
  ])('are pointed out: %s', (name, meant) => {
    expect(warningsOf(name)).toEqual([`${name} is not a setting: did you mean ${meant}?`]);
  });

  it('say so when a setting that is no secret is given as a file', () => {
    expect(warningsOf('INTAKE_PORT_FILE')).toEqual([
      'INTAKE_PORT_FILE is not a setting: only secrets are read from files.',
    ]);
  });

  it.each([
    'LEDGER_URL_FILE',
    'PATH',
    'HOME',
    'NODE_OPTIONS',
    'npm_config_ledger_url',
    'LEDGER_USERS',
    'XLEDGER_URLXX',
  ])('are not seen in %s', (name) => {
    expect(warningsOf(name, name === 'LEDGER_URL_FILE' ? '' : 'x')).toEqual([]);
  });

  it.each([
    ['INTAKES_PORT', 'tcp://10.0.0.1:4100'],
    ['INTAKE_PORT_4100_TCP', 'tcp://10.0.0.1:4100'],
    ['INTAKE_PORT_4100_TCP_ADDR', '10.0.0.1'],
    ['INTAKE_SERVICE_PORT', '4100'],
    ['INTAKE_SERVICE_PORT_HTTP', '4100'],
  ])('are not seen in the service link %s', (name, value) => {
    expect(warningsOf(name, value)).toEqual([]);
  });

  it('are told by name alone', () => {
    expect(warningsOf('LEDGR_URL', 'ledger://clerk:canary@host').join()).not.toContain('canary');
  });
});
