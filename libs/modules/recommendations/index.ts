export { ForgetPurchase } from './application/forget-purchase.js';
export { RecommendationQueries, RECOMMENDATIONS_MAX } from './application/recommendation.queries.js';
export { RecordPurchase } from './application/record-purchase.js';
export { ResetRecommendations, type Reset } from './application/reset-recommendations.js';
export { resetReport } from './application/reset-report.js';
export { PURCHASE_PRODUCTS_MAX } from './domain/purchase.js';
export type { Recommendation } from './domain/recommendation.js';
export { RecommendationsApiModule } from './recommendations-api.module.js';
export { RecommendationsModule } from './recommendations.module.js';
