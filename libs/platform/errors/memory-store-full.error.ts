import { appError } from '#kernel/app-error';

export class MemoryStoreFull extends appError({
  code: 'platform.memory-store-full',
  kind: 'unavailable',
  title: 'The store in memory is full',
  transient: false, // nothing is ever taken out again
  remedy: 'Give the service a database (DATABASE_URL): the store in memory is for tests and a first look.',
}) {
  /**
   * @param things what it holds, in the plural: `products`
   * @param max how many it takes
   */
  constructor(things: string, max: number) {
    super(`The store in memory holds ${max} ${things} and takes no more.`);
  }
}
