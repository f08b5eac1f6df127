import { randomUUID } from 'node:crypto';
import { generationIn } from './entry.js';
import type { CacheTier } from './tier/cache-tier.js';

/**
 * How long a generation lasts of which nothing was kept yet: as long as a load. It is prolonged with what is kept of it,
 * and no longer: whoever asks for a million things that don't exist must not fill the tier for a day.
 */
const GENERATION_MS = 10_000;
/** What was there at a claim and is gone at the look at it was another's that has just ended; twice, it is something foreign. */
const CLAIMS_MAX = 2;

/** Nothing is to be kept now where the thing is held, or the tier is away. */
export type Begun = { readonly state: 'current'; readonly id: string } | { readonly state: 'held' | 'away' };

/** The generation that a look has found, or one that begins. @param found what `Looks` gave */
export const generationFor = (tier: CacheTier, key: string, found: string | undefined): Begun | Promise<Begun> =>
  found === undefined ? beginGeneration(tier, key) : { state: 'current', id: found };

/** A generation of a thing, a new one or that of another who was quicker. */
export async function beginGeneration(tier: CacheTier, key: string): Promise<Begun> {
  const id = randomUUID();
  try {
    for (let tries = 1; tries <= CLAIMS_MAX; tries += 1) {
      if (await tier.claim(key, id, GENERATION_MS)) return { state: 'current', id };
      const [kept] = await tier.read([key]);
      const present = generationIn(kept);
      if (present.state !== 'absent') return present;
    }
    await tier.write([key], id, GENERATION_MS); // something foreign lies there
    return { state: 'current', id };
  } catch {
    return { state: 'away' };
  }
}
