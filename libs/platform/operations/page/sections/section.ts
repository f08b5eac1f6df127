import { html, type Html, type HtmlValue } from '../html.js';
import { clockTime, isoTime, NOTHING } from '../figures.js';

/** A part of the page with its heading. `id` names both. */
export const section = (id: string, title: string, ...content: readonly HtmlValue[]): Html =>
  html`<section id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${title}</h2>
    ${content}
  </section>`;

export interface Column {
  readonly title: string;
  /** Numbers stand at the right, below each other. */
  readonly kind?: 'number' | 'id';
}

export interface TableOptions {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of each is its heading. */
  readonly rows: readonly (readonly HtmlValue[])[];
  readonly empty: string;
  readonly isStatic?: boolean;
}

/**
 * A table that scrolls by itself where the screen is narrow, by keyboard too. `data-live`: the script replaces what is in it,
 * and nothing that can have the focus.
 */
export function table({ id, caption, columns, rows, empty, isStatic = false }: TableOptions): Html {
  const body = rows.length > 0 ? rows.map((cells) => row(cells, columns)) : emptyRow(empty, columns.length);
  return html`<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
    <table>
      <caption id="${id}-caption">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${title}</th>`)}
        </tr>
      </thead>
      ${
        isStatic
          ? html`<tbody>
              ${body}
            </tbody>`
          : html`<tbody id="${id}-body" data-live>
              ${body}
            </tbody>`
      }
    </table>
  </div>`;
}

function row([first, ...cells]: readonly HtmlValue[], columns: readonly Column[]): Html {
  return html`<tr>
    <th scope="row">${first}</th>
    ${cells.map((cell, index) => html`<td class="${columns[index + 1]?.kind ?? 'text'}">${cell}</td>`)}
  </tr>`;
}

const emptyRow = (empty: string, width: number): Html =>
  html`<tr>
    <td colspan="${width}" class="empty">${empty}</td>
  </tr>`;

/** How bad a state is; its word is always there beside the colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

export const badge = (word: string, tone: Tone): Html => html`<span class="badge ${tone}">${word}</span>`;

export const time = (atMs: number | null, nowMs: number): HtmlValue =>
  atMs === null ? NOTHING : html`<time datetime="${isoTime(atMs)}">${clockTime(atMs, nowMs)}</time>`;

/** @param orEarlier what is told of is as old as what is remembered */
export const since = (atMs: number | null, orEarlier: boolean, nowMs: number): Html =>
  html`since ${time(atMs, nowMs)}${orEarlier ? ' or earlier' : null}`;
