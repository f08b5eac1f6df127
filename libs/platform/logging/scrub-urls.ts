import { CENSOR } from './secret-names.js';

const SCHEME_END = '://';
/** What ends the first part of an authority: before an `@` or a `:` it is a user, before the others a host. */
const AUTHORITY_PART_END = /[/?#:@]/g;

/**
 * A text without what stands between `://` and the `@` of a URL: the user as well, which is where tokens stand. Passwords
 * in messages are not always encoded, and may hold `/`, `"` or `@`: what follows a `:` is taken out up to the last `@` before
 * white space. Of a URL that ends with a text that was cut, all is taken out that may be a part of it.
 */
export const withoutUserinfo = (text: string, isCut: boolean): string =>
  text.includes(SCHEME_END)
    ? text.replace(/\S+/g, (run, at: number) => withoutUserinfoIn(run, isCut && at + run.length === text.length))
    : text;

function withoutUserinfoIn(run: string, isCut: boolean): string {
  const lastAt = run.lastIndexOf('@');
  for (let at = run.indexOf(SCHEME_END); at !== -1; at = run.indexOf(SCHEME_END, at + SCHEME_END.length)) {
    const from = at + SCHEME_END.length;
    AUTHORITY_PART_END.lastIndex = from;
    const end = AUTHORITY_PART_END.exec(run)?.[0] ?? '';
    const mayBeUserinfo = end === ':' || end === '@' || end === '';
    if (mayBeUserinfo && lastAt >= from) return run.slice(0, from) + CENSOR + run.slice(lastAt);
    if (mayBeUserinfo && isCut) return run.slice(0, from) + CENSOR;
  }
  return run;
}
