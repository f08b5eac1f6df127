import { DependencyFailure } from '#platform/resilience';

/**
 * Reads another service's answer strictly. What isn't as it has to be makes the whole unreadable, which is `fatal`: the same
 * answer would come again. The reason is ours alone: nothing of the answer goes into an error, and from there into a log.
 */
export class StrictReading {
  /** @param what is read, as the subject of a sentence: `The recommender's answer` */
  constructor(private readonly what: string) {}

  /** @throws DependencyFailure when it is no JSON */
  json(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.unreadable('it is no JSON', cause);
    }
  }

  /** @throws DependencyFailure when it is none */
  object(value: unknown): Record<string, unknown> {
    if (typeof value !== 'object' || value === null) throw this.unreadable('it is no object where one belongs');
    return value as Record<string, unknown>;
  }

  unreadable(reason: string, cause?: unknown): DependencyFailure {
    return new DependencyFailure('fatal', `${this.what} can't be read: ${reason}.`, { cause });
  }
}
