import { readdir, readFile } from 'node:fs/promises';

/** What Linux tells of a process, by the names in /proc/<pid>/status. */
export async function processStatus(pid: number | string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [
        line.slice(0, line.indexOf(':')),
        line
          .slice(line.indexOf(':') + 1)
          .trim()
          .replaceAll('\t', ' '),
      ]),
  );
}

/** The processes that a process has started, and that are still there. */
export async function childrenOf(pid: number): Promise<readonly string[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const statuses = await Promise.all(all.map((name) => processStatus(name).catch(() => null)));
  return statuses.filter((status) => status?.['PPid'] === String(pid)).map((status) => status?.['Name'] ?? '');
}
