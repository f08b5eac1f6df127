/** How numbers and times are written on the page. Nothing is written as `–`, which is no zero. */
export const NOTHING = '–';

export function rate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.1) return `${decimals(perSecond * 60, 1)}/min`;
  return `${decimals(perSecond, perSecond < 10 ? 1 : 0)}/s`;
}

export function duration(seconds: number | null): string {
  if (seconds === null) return NOTHING;
  if (seconds < 1) return `${decimals(seconds * 1_000, seconds < 0.01 ? 1 : 0)} ms`;
  if (seconds < 120) return `${decimals(seconds, seconds < 10 ? 1 : 0)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

export function percent(ratio: number | null): string {
  if (ratio === null) return NOTHING;
  const value = ratio * 100;
  return `${decimals(value, value > 0 && value < 10 ? 1 : 0)}%`;
}

export const bytes = (count: number): string => `${Math.round(count / 1_048_576)} MiB`;

export const count = (value: number): string => decimals(value, 0);

/** `2026-11-26 04:51:10`, in UTC as the logs have it. */
export const dateTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');

export const isoTime = (atMs: number): string => new Date(atMs).toISOString();

/** The time alone where it is of today. */
export function clockTime(atMs: number, nowMs: number): string {
  const text = dateTime(atMs);
  return text.slice(0, 10) === dateTime(nowMs).slice(0, 10) ? text.slice(11) : text;
}

const FORMATS = [0, 1].map((digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }));

/** Groups of three digits with a thin space between them, as SI has it. */
const decimals = (value: number, digits: 0 | 1): string =>
  (FORMATS[digits]?.format(value) ?? '').replaceAll(',', '\u202f');
