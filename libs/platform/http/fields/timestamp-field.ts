import { isDate, maxDate, minDate } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';

export interface TimestampFieldOptions extends FieldOptions {
  /** ISO 8601 in UTC, as `toISOString` writes it. */
  readonly earliest: string;
  readonly latest: string;
  readonly example: string;
}

/** UTC alone: an offset would have to be kept to be given back, and no column keeps it. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** A moment, in UTC and to the millisecond, which is what a Date and a column hold. It arrives as a Date. */
export function TimestampField(options: TimestampFieldOptions): PropertyDecorator {
  const { earliest, latest, example } = options;
  return field(
    { ...options, description: [options.description, boundsInWords(options)].filter(Boolean).join(' ') },
    { type: 'string', format: 'date-time', pattern: TIMESTAMP.source, maxLength: 24, example },
    [
      rule('isDate', 'must be a time in UTC, of the form 2026-01-15T08:30:00.123Z', isDate),
      rule('minDate', `must not be before ${earliest}`, (value) => minDate(value, () => new Date(earliest))),
      rule('maxDate', `must not be after ${latest}`, (value) => maxDate(value, () => new Date(latest))),
    ],
    { as: (value) => dateIn(value) ?? value },
  );
}

const boundsInWords = ({ earliest, latest }: TimestampFieldOptions): string => `In UTC, ${earliest} to ${latest}.`;

/** A day that the month doesn't have, and hour 24, roll over to the next: the text no longer begins as the date does. */
function dateIn(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !TIMESTAMP.test(value)) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return undefined;
  return date.toISOString().startsWith(value.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)) ? date : undefined;
}
