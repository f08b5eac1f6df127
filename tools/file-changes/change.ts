/** What is done to the checkout, by paths in it. */
export type Change =
  | { readonly do: 'move'; readonly from: string; readonly to: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'remove'; readonly path: string };

/** A change in the words of a list. */
export function told(change: Change): string {
  if (change.do === 'move') return `moved   ${change.from} to ${change.to}`;
  return change.do === 'write' ? `written ${change.path}` : `removed ${change.path}`;
}
