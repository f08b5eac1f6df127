import type { SectionDescription, SettingDescription } from './describe-settings.js';

/** A generated file: its path from the root of the project, and what it must hold. */
export interface ReferenceFile {
  readonly path: '.env.example' | 'docs/configuration.md';
  readonly content: string;
}

/** The two files that tell people about the settings. The same settings give the same bytes. */
export function renderReference(sections: readonly SectionDescription[]): readonly ReferenceFile[] {
  return [
    { path: '.env.example', content: envExample(sections) },
    { path: 'docs/configuration.md', content: configurationPage(sections) },
  ];
}

function envExample(sections: readonly SectionDescription[]): string {
  const head = [
    '# Generated from the settings classes; do not edit.',
    '# Copy to .env for development. The environment wins over the file, and production does not read it.',
  ];
  const parts = sections.map((section) =>
    [`# ${section.section}: ${aboutSection(section)}`, ...section.settings.map(envEntry)].join('\n\n'),
  );
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`;
}

const aboutSection = ({ description, onlyOf }: SectionDescription): string =>
  onlyOf === undefined ? description : `${description} Only the ${onlyOf} reads these.`;

function envEntry(setting: SettingDescription): string {
  const value = setting.development ?? setting.default ?? setting.example ?? '';
  const plain = /^[\w.,:/@?&=%+-]*$/.test(value);
  return [`# ${sentences(setting).join(' ')}`, `# ${setting.variable}=${plain ? value : `'${value}'`}`].join('\n');
}

function sentences(setting: SettingDescription): string[] {
  const said = [setting.description];
  if (setting.rule) said.push(`It ${setting.rule}.`);
  if (setting.required !== 'no') said.push(requirement(setting));
  if (setting.secret) said.push(`A secret: ${setting.variable}_FILE may name a file that holds it.`);
  return said;
}

function requirement(setting: SettingDescription): string {
  return setting.required === 'always' ? 'Required.' : `Required ${setting.required}.`;
}

function configurationPage(sections: readonly SectionDescription[]): string {
  return `${[INTRODUCTION, ...sections.map(sectionPart)].join('\n\n')}\n`;
}

const INTRODUCTION = `# Configuration

<!-- Generated from the settings classes; do not edit. -->

Everything is set through environment variables. All faults are reported together when the process starts, by name and
rule and never by value, and the process then refuses to start.

- An empty variable counts as absent. Blanks around a value are removed.
- Numbers are written plainly (\`1500\`, \`0.5\`), booleans are \`true\` or \`false\`, lists are separated by commas.
- A secret may come from a file: set \`<NAME>_FILE\` to its path instead of \`<NAME>\`. The last line break is dropped.
- In development the file \`.env\` in the working directory is read, and the environment wins over it. Production and
  tests do not read it.
- A variable that looks like a misspelt setting is pointed out at the start.`;

function sectionPart(section: SectionDescription): string {
  const head = ['| variable | type | default | rule | description |', '|---|---|---|---|---|'];
  const parts = [
    `## ${section.section}`,
    aboutSection(section),
    [...head, ...section.settings.map(tableRow)].join('\n'),
  ];
  if (section.rules.length > 0) parts.push(section.rules.map((rule) => `- ${rule}.`).join('\n'));
  return parts.join('\n\n');
}

function tableRow(setting: SettingDescription): string {
  const cells = [
    setting.secret ? `\`${setting.variable}\`, \`${setting.variable}_FILE\`` : `\`${setting.variable}\``,
    setting.secret ? `${setting.type}, secret` : setting.type,
    defaults(setting),
    setting.rule || 'any text',
    setting.description,
  ];
  return `| ${cells.map(inOneCell).join(' | ')} |`;
}

/** A table has a row for each line, and a column for each bar. */
const inOneCell = (text: string): string =>
  text.replace(/\|/g, '\\|').replace(/\s+/g, (blanks) => (blanks.includes('\n') ? ' ' : blanks));

function defaults(setting: SettingDescription): string {
  const known = setting.default === null ? null : `\`${setting.default}\``;
  const fallback =
    known ?? (setting.required === 'no' ? 'none' : requirement(setting).replace(/\.$/, '').toLowerCase());
  return setting.development === null ? fallback : `${fallback}; outside production \`${setting.development}\``;
}
