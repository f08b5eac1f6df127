import { ProductRepository } from '../../application/ports/product.repository.js';

/** The store itself, behind the cache: the same port under a token of its own. */
export abstract class StoredProducts extends ProductRepository {}
