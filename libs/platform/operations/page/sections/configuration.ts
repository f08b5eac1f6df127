import type { ReportedSetting, ReportedSection } from '#platform/config';
import { NOTHING } from '../figures.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { section, table } from './section.js';

const ORIGINS: Readonly<Record<ReportedSetting['origin'], string>> = {
  default: 'default',
  environment: 'environment',
  file: 'file',
};

/** What the process runs with. It does not change while it runs, and is never replaced by the script. */
export const configuration = (sections: readonly ReportedSection[], warnings: readonly string[]): Html =>
  section(
    'configuration',
    'Configuration',
    html`<p class="quiet">As read at the start. Of a secret it is told whether it is set, and nothing else.</p>`,
    warnings.length > 0 &&
      html`<ul>
        ${warnings.map((warning) => html`<li>${warning}</li>`)}
      </ul>`,
    sections.map((part, index) => group(part, `settings-${index + 1}`)),
  );

function group({ section: title, settings }: ReportedSection, id: string): Html {
  const changed = settings.filter(({ origin }) => origin !== 'default').length;
  return html`<details>
    <summary>${title} <span class="quiet">${changed > 0 ? `(${changed} set)` : '(defaults)'}</span></summary>
    ${table({
      ...{ id, caption: title, isStatic: true, empty: 'There are none.' },
      columns: [{ title: 'Setting' }, { title: 'Value' }, { title: 'From' }],
      rows: settings.map((setting) => [
        html`<code>${setting.variable}</code>`,
        valueOf(setting),
        setting.isSet ? ORIGINS[setting.origin] : NOTHING,
      ]),
    })}
  </details>`;
}

function valueOf({ secret, isSet, value }: ReportedSetting): HtmlValue {
  if (secret) return isSet ? 'set (secret)' : 'not set (secret)';
  return value === null ? 'not set' : html`<code>${value}</code>`;
}
