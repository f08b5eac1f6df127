import { CompanionRepository } from '../../application/ports/companion.repository.js';

/** The store itself, behind the cache: the same port under a token of its own. */
export abstract class StoredCompanions extends CompanionRepository {}
