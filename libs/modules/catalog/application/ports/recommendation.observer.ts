/** Where recommendations came from, from the best rung of the ladder to the last: see `RecommendationLadder`. */
export const RECOMMENDATION_SOURCES = ['live', 'stale', 'popular', 'none'] as const;
export type RecommendationSource = (typeof RECOMMENDATION_SOURCES)[number];

/** Hears which rung carried each answer. */
export abstract class RecommendationObserver {
  /** @param cause what kept the better rungs from carrying; absent when the answer is live */
  abstract served(source: RecommendationSource, cause?: unknown): void;
}
