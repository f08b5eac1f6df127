import { rule, type Rule } from './rule.js';

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]/u;
const VISIBLE = /[^\p{White_Space}\p{C}]/u;

/** Without control characters: they belong to terminals, and a list or a log would obey them. */
export const printable = ({ multiline }: { multiline: boolean }): Rule => {
  const control = multiline ? CONTROL_BUT_LINES : CONTROL;
  return ofText('printable', 'must not contain control characters', (text) => !control.test(text));
};

/** With something to see in it: blanks alone are an empty text that looks like another. */
export const visible = (): Rule => ofText('visible', 'must have a visible character', (text) => VISIBLE.test(text));

const ofText = (name: string, message: string, holds: (text: string) => boolean): Rule =>
  rule(name, message, (value) => typeof value === 'string' && holds(value));
