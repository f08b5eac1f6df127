import { rule, type Rule } from './rule.js';

/** U+2028 and U+2029 are no control characters, and begin a new line all the same. */
const CONTROL_OR_LINES = /[\p{Cc}\u2028\u2029]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]/u;
const VISIBLE = /[^\p{White_Space}\p{C}]/u;

/** Without control characters: they belong to terminals, and a list or a log would obey them. One line is one line everywhere. */
export const printable = ({ multiline }: { multiline: boolean }): Rule =>
  multiline
    ? ofText('printable', 'must not contain control characters', (text) => !CONTROL_BUT_LINES.test(text))
    : ofText('printable', 'must be one line, without control characters', (text) => !CONTROL_OR_LINES.test(text));

/** With something to see in it: blanks alone are an empty text that looks like another. */
export const visible = (): Rule => ofText('visible', 'must have a visible character', (text) => VISIBLE.test(text));

const ofText = (name: string, message: string, holds: (text: string) => boolean): Rule =>
  rule(name, message, (value) => typeof value === 'string' && holds(value));
