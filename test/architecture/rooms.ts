import { glob } from 'node:fs/promises';

/** Where a file of `libs` may lie. The walls judge imports: a file that nobody imports, in no room, would escape them. */
const ROOMS = [
  /^libs\/kernel\/(?:testing\/)?[^/]+\.ts$/,
  /^libs\/platform\/[^/]+\/.+\.ts$/,
  /^libs\/modules\/[^/]+\/(?:index|[^/]+\.module)(?:\.spec)?\.ts$/,
  /^libs\/modules\/[^/]+\/(?:adapters\/[^/]+|seed|application|domain|testing)\/.+\.ts$/,
];

export const isRoomless = (file: string): boolean => !ROOMS.some((room) => room.test(file));

/** The files of `libs` that lie in no room. */
export async function roomlessFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('libs/**/*.ts', { cwd: root })) if (isRoomless(file)) found.push(file);
  return found.sort();
}
