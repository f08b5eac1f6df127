import type { ServiceDefinition } from '#platform/bootstrap';
import { StoreModule } from './store.module.js';

export const store: ServiceDefinition = {
  name: 'store',
  title: 'Mainstay store',
  description:
    'A small online store that stands up when production does its worst. Every error is `application/problem+json`.',
  compose: (settings) => StoreModule.configured(settings),
};
