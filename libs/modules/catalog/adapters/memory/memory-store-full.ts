import { appError } from '#kernel/app-error';

/** Some ten megabytes; a list sorts all of them at each request, in some ten milliseconds. */
export const PRODUCTS_MAX = 10_000;

export class MemoryStoreFull extends appError({
  code: 'catalog.memory-store-full',
  kind: 'unavailable',
  title: 'The store in memory is full',
  remedy: 'Give the service a database (DATABASE_URL): the store in memory is for tests and a first look.',
}) {
  constructor() {
    super(`The store in memory holds ${PRODUCTS_MAX} products and takes no more.`);
  }
}
