import { clip } from './clip.js';
import { withoutNamed } from './scrub-named.js';
import { withoutUserinfo } from './scrub-urls.js';
import { CENSOR, isSecretName } from './secret-names.js';

/** Longest text that is written, in UTF-16 units. */
export const TEXT_LENGTH_MAX = 2_000;
/** How much more than is written is looked through: a secret that is cut in two can't be told. */
const LOOK_AHEAD = 8_000;

/** A block of PEM, or what is left of one. */
const PEM = /-----BEGIN (?:(?!-----END )[^])*(?:-----END [A-Z ]{0,40}-----)?/g;
const SCHEME = /\b(bearer|basic)\s{1,8}[\w.~+/=-]{8,}/gi;
/** JSON Web Tokens, and the keys that look like them. */
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g;

/** What the forms need that have no name. */
const HAS_FORM = /:\/\/|-----BEGIN |bearer\s|basic\s|eyJ/i;

/**
 * A text without what looks like a secret, of bounded length: drivers put connection strings, and clients tokens, into the
 * messages of their errors. The last line of defence; nothing of ours writes such a message. It rather takes out too much.
 * What has no form and no name (a long random text) is not guessed.
 */
export function scrubbed(text: string, max: number = TEXT_LENGTH_MAX): string {
  const isCut = text.length > max + LOOK_AHEAD;
  const looked = isCut ? text.slice(0, max + LOOK_AHEAD) : text;
  return clip(mayHoldOne(looked) ? withoutSecrets(looked, isCut) : looked, max);
}

/** What every form needs: a text without it is let through as it is. */
const mayHoldOne = (text: string): boolean => HAS_FORM.test(text) || isSecretName(text);

function withoutSecrets(text: string, isCut: boolean): string {
  const clean = withoutNamed(withoutUserinfo(text.replace(PEM, CENSOR), isCut));
  return clean.replace(SCHEME, `$1 ${CENSOR}`).replace(JWT, CENSOR);
}
