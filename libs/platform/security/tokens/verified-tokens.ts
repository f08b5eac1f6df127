import { hash } from 'node:crypto';
import type { Caller } from '#kernel/caller';

/** Callers of one replica within the life of a token: half a kilobyte each, and 7 with all the scopes that are allowed. */
export const VERIFIED_TOKENS_MAX = 5_000;

interface Verified {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

/**
 * Tokens that were verified, until they expire: the check of a signature costs more than all the rest of a request. They
 * are kept by hash, so that a dump of this process's memory holds no list of tokens. Forgotten when the keys change.
 */
export class VerifiedTokens {
  private readonly byHash = new Map<string, Verified>();
  private version = 0;

  find(token: string, keysVersion: number, nowMs: number): Caller | null {
    if (keysVersion !== this.version) this.forgetAll(keysVersion);
    const key = keyOf(token);
    const found = this.byHash.get(key);
    if (!found) return null;
    if (nowMs < found.expiresAtMs) return found.caller;
    this.byHash.delete(key);
    return null;
  }

  /** @param keysVersion with which it was verified: if the keys have changed meanwhile, it isn't kept */
  keep(token: string, verified: Verified, keysVersion: number): void {
    if (keysVersion !== this.version) return;
    const key = keyOf(token);
    // Many requests may bring one new token at once: it takes one place, and pushes one out.
    if (this.byHash.size >= VERIFIED_TOKENS_MAX && !this.byHash.has(key)) this.forgetOldest();
    this.byHash.set(key, verified);
  }

  private forgetOldest(): void {
    const oldest = this.byHash.keys().next();
    if (!oldest.done) this.byHash.delete(oldest.value);
  }

  private forgetAll(version: number): void {
    this.byHash.clear();
    this.version = version;
  }
}

const keyOf = (token: string): string => hash('sha256', token, 'base64');
