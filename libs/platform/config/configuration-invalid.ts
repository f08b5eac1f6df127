/** One thing that is wrong: a variable's name and the rule that it breaks, in words. Never its value. */
export interface SettingFault {
  readonly variable: string;
  readonly rule: string;
}

/**
 * The environment can't be used. The message is the whole report, one line a fault. It has no `cause`: the errors of
 * the file system and of parsers quote paths and input.
 */
export class ConfigurationInvalid extends Error {
  readonly faults: readonly SettingFault[];

  /** @param hints more lines that help to find the mistake, such as misspelt names */
  constructor(faults: readonly SettingFault[], hints: readonly string[] = []) {
    const sorted = [...faults].sort((a, b) => (a.variable < b.variable ? -1 : a.variable > b.variable ? 1 : 0));
    super(report(sorted, hints));
    this.name = 'ConfigurationInvalid';
    this.faults = sorted;
  }
}

function report(faults: readonly SettingFault[], hints: readonly string[]): string {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const lines = faults.map((fault) => `  ${fault.variable} ${fault.rule}`);
  return [`The configuration has ${count} (see docs/configuration.md):`, ...lines, ...hints.map((h) => `  ${h}`)].join(
    '\n',
  );
}
