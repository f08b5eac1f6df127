/** Requests that are under way at once: few enough that nothing is shed. */
const AT_ONCE = 8;

/** Does the work for each, some at a time, and gives what is wrong, in the order of the items. */
export async function faultsOfEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<string | null>,
): Promise<readonly string[]> {
  const faults: (string | null)[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [place, item] of waiting) faults[place] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return faults.filter((fault) => fault !== null && fault !== undefined);
}
