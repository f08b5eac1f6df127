import type { ServiceDefinition } from '#platform/bootstrap';
import { RecommenderModule } from './recommender.module.js';

export const recommender: ServiceDefinition = {
  name: 'recommender',
  title: 'Mainstay recommender',
  description:
    'What goes with a product of the store, learned from its orders. Its only client is the store. Every error is `application/problem+json`.',
  compose: (settings) => RecommenderModule.configured(settings),
};
