import { describe } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { MemoryUniqueClientsStore } from './memory-unique-clients-store.js';
import { uniqueClientsStoreContract } from './testing/unique-clients-store.contract.js';

describe('MemoryUniqueClientsStore', () => {
  uniqueClientsStoreContract(async () => {
    const clock = new SettableClock();
    return { store: new MemoryUniqueClientsStore(clock), passSeconds: (seconds) => clock.passSeconds(seconds) };
  });
});
