const told = new WeakSet<WeakKey>();

/** Its line has been written, with its causes: whoever it passes on its way tells of it no more than in short. */
export function markTold(failure: unknown): void {
  if (typeof failure === 'object' && failure !== null) told.add(failure);
}

export const wasTold = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && told.has(failure);
