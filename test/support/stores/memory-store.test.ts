import { makeMemoryStore } from './memory-store.ts';
import { itIsAStore, itListsInOrder, itWritesConditionally } from './store-contract.ts';

describe('the memory store of the tests', () => {
  itIsAStore(makeMemoryStore);
  itListsInOrder(makeMemoryStore);
  itWritesConditionally(makeMemoryStore);
});
