import { CENSOR, endOfSecretWord } from './secret-names.js';

/**
 * What stands between a secret's word and its value: the rest of its name, and what separates them in JSON (also escaped), a
 * DSN, a query, a header, an inspected object, a list of names and values. Each part is bounded.
 */
const UP_TO_VALUE = /[\w-]{0,32}(?:[\\"'`\])]{0,8}\s{0,8}(?:=>|[=:>])|\\{0,7}["'`]\s{0,8},)\s{0,8}/y;
const OPENING_QUOTE = /\\{0,7}["'`]/y;
const LINE_END = /[\r\n]/g;
const LISTS: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** A text without the values of what is named as a secret: to the end of a quoted one or a list, else of the line. */
export function withoutNamed(text: string): string {
  let clean = '';
  let kept = 0;
  for (let at = endOfSecretWord(text, 0); at !== -1; at = endOfSecretWord(text, at)) {
    UP_TO_VALUE.lastIndex = at;
    if (!UP_TO_VALUE.test(text)) continue;
    const value = valueAt(text, UP_TO_VALUE.lastIndex);
    clean += text.slice(kept, value.from) + (value.to > value.from ? CENSOR : '');
    kept = value.to;
    at = value.to;
  }
  return clean + text.slice(kept);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function valueAt(text: string, from: number): Span {
  OPENING_QUOTE.lastIndex = from;
  const quote = OPENING_QUOTE.exec(text)?.[0];
  if (quote !== undefined) return { from: from + quote.length, to: endOfQuoted(text, from + quote.length, quote) };
  const closing = LISTS[text.charAt(from)];
  return { from, to: closing === undefined ? endOfLine(text, from) : indexOrEnd(text, text.indexOf(closing, from)) };
}

/** The same quote, as much escaped, with no more of a word behind it: a password may hold quotes, too. */
function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    const isEscapedMore = at > from && text[at - 1] === '\\';
    const next = text[at + quote.length] ?? ' ';
    if (!isEscapedMore && /[\s,;:)}\]&\\]/.test(next)) return at;
  }
  return text.length;
}

function endOfLine(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}

const indexOrEnd = (text: string, at: number): number => (at === -1 ? text.length : at);
