export { RecommendationQueries, RECOMMENDATIONS_MAX } from './application/recommendation.queries.js';
export { RecordPurchase } from './application/record-purchase.js';
export { PURCHASE_PRODUCTS_MAX } from './domain/purchase.js';
export type { Recommendation } from './domain/recommendation.js';
export { RecommendationsModule } from './recommendations.module.js';
