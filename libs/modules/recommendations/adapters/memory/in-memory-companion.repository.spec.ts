import { describe } from '@jest/globals';
import { companionRepositoryContract } from '../../testing/companion.repository.contract.js';
import { InMemoryCompanionRepository } from './in-memory-companion.repository.js';

describe('InMemoryCompanionRepository', () => {
  companionRepositoryContract(async () => new InMemoryCompanionRepository());
});
