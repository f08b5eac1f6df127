import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const ONLY_OWNER = 0o600;

export const SECRET_FILES: Trial = {
  promise: 'E3',
  says: 'A secret may come from a file',
  how: 'a replica is started with DATABASE_URL_FILE in the place of DATABASE_URL, and asked',

  run: async (stage) => {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-verify-'));
    stage.later(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'database-url');
    await writeFile(file, `${stage.ways.postgres.url}\n`, { mode: ONLY_OWNER });
    const replica = await (await stage.extra({ DATABASE_URL: undefined, DATABASE_URL_FILE: file })).ready();
    const list = await replica.ask('/v1/products?limit=1');
    return together([fact('a list', list.status, 200)]);
  },
};
