import type { Points } from '../history/trends.js';
import { html, type Html } from './html.js';

/** In the units of the drawing: as many points fit as there are moments. */
const WIDTH = 180;
const HEIGHT = 40;
/** A line at the very edge would be cut in half. */
const PADDING = 2;

export interface Line {
  /** `p99`: in the summary, and in the legend. */
  readonly name: string;
  readonly points: Points;
}

export interface PlotOptions {
  readonly id: string;
  /** What is drawn: the drawing's name. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** The least that the full height stands for: small noise must not look like a mountain. */
  readonly topMin: number;
}

/** A small plot of the last quarter of an hour, the newest at the right, and the same in a sentence. */
export function plot({ title, lines, format, topMin, id }: PlotOptions): Html {
  const top = Math.max(topMin, ...lines.flatMap(({ points }) => points.map((point) => point ?? 0)));
  const summary = lines.map(({ name, points }) => summaryOf(name, points, format)).join(' ');
  return html`<svg
    class="plot"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-labelledby="${id}-title ${id}-summary"
  >
    <title id="${id}-title">${title}, the last 15 minutes</title>
    <desc id="${id}-summary">${summary}</desc>
    <path class="grid" d="M60 0V${HEIGHT}M120 0V${HEIGHT}M0 ${HEIGHT - 0.5}H${WIDTH}" />
    ${lines.map(({ points }, index) => html`<path class="line line-${index + 1}" d="${pathOf(points, top)}" />`)}
  </svg>`;
}

/** Where there was nothing to measure, the line has a gap. */
function pathOf(points: Points, top: number): string {
  const from = WIDTH - points.length;
  let pen = 'M';
  return points
    .map((point, index) => {
      if (point === null) {
        pen = 'M';
        return '';
      }
      const y = HEIGHT - PADDING - (Math.min(point, top) / top) * (HEIGHT - 2 * PADDING);
      const step = `${pen}${from + index + 0.5} ${y.toFixed(1)}`;
      // A point alone is a line of no length, which round ends make a dot.
      const alone = pen === 'M' && (points[index + 1] ?? null) === null ? 'h0.01' : '';
      pen = 'L';
      return step + alone;
    })
    .join('');
}

function summaryOf(name: string, points: Points, format: (value: number) => string): string {
  const known = points.filter((point) => point !== null);
  const last = known.at(-1);
  if (last === undefined) return `${name}: nothing measured.`;
  return `${name}: now ${format(last)}, at least ${format(Math.min(...known))}, at most ${format(Math.max(...known))}.`;
}
