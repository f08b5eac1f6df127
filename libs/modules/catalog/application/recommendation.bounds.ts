/** How long each rung of the ladder may take, and how long an answer stays good. The module file fills it from settings. */
export abstract class RecommendationBounds {
  /** For the recommender, all its attempts together. */
  abstract readonly liveMs: number;
  /** For reading the products to show from the catalog itself. */
  abstract readonly productsMs: number;
  abstract readonly staleSeconds: number;
}
