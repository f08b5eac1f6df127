interface OfSubject {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
}

/** The ids, or the types, of events by their subject, in the order in which they come. */
export function bySubject(
  events: readonly OfSubject[],
  what: 'id' | 'type',
): Readonly<Record<string, readonly string[]>> {
  const lives: Record<string, string[]> = {};
  for (const event of events) (lives[event.subject] ??= []).push(event[what]);
  return lives;
}
