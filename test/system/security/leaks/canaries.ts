import { randomBytes } from 'node:crypto';

/** Secrets by where they were planted, each of them found nowhere else by chance. */
export class Canaries {
  private readonly byPlace = new Map<string, string>();

  /** Letters and digits alone: no escape, of a URL or of JSON, makes it look otherwise. */
  at(place: string): string {
    return this.keep(place, `c4nary${randomBytes(9).toString('hex')}`);
  }

  /** Takes a text that is secret as it is: a token, or what a canary is encoded to. */
  keep(place: string, secret: string): string {
    if (this.byPlace.has(place)) throw new Error(`There is a canary at ${place} already.`);
    this.byPlace.set(place, secret);
    return secret;
  }

  get places(): readonly string[] {
    return [...this.byPlace.keys()];
  }

  /** Those that are in the text, by place. */
  foundIn(text: string): string[] {
    return [...this.byPlace].filter(([, secret]) => text.includes(secret)).map(([place]) => place);
  }
}
