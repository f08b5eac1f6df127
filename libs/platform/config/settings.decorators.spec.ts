import { describe, expect, it } from '@jest/globals';
import type { SettingOptions } from './registry.js';
import { Setting, Settings } from './settings.decorators.js';
import './testing/sample.settings.js';

function declare(variable: string, options: Partial<SettingOptions>, section = `Section of ${variable}`): void {
  class Declared {
    value?: string;
  }
  Setting(variable, { description: 'A text.', type: 'string', ...options })(Declared.prototype, 'value');
  Settings({ section, description: 'A section.' })(Declared);
}

describe('declaring settings', () => {
  it.each([
    ['lower_case', {}, 'is not named in UPPER_SNAKE_CASE'],
    ['KEY_FILE', {}, 'ends in _FILE'],
    ['KEY', { secret: true, default: 'open sesame' }, 'is a secret with a default'],
    ['KEY', { required: true, default: 'x' }, 'is required and has a default'],
    ['KEY', { requiredInProduction: true, default: 'x' }, 'is required and has a default'],
    ['KEY', { default: 5 }, 'has a default that is no string'],
    ['KEY', { type: undefined }, 'needs an explicit `type`'],
  ])('refuses %s with %j', (variable, options, reason) => {
    expect(() => {
      declare(variable, options);
    }).toThrow(reason);
  });

  it('refuses a variable that another class has', () => {
    expect(() => {
      declare('LEDGER_URL', {});
    }).toThrow('LEDGER_URL is a setting of Ledger and of Section of LEDGER_URL.');
  });

  it('refuses a section that another class has', () => {
    expect(() => {
      declare('OTHER', {}, 'ledger');
    }).toThrow('The settings section ledger is declared twice.');
  });
});
