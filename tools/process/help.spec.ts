import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const CHECKOUT = resolve(import.meta.dirname, '../..');

it.each([
  ['tools/new-module.ts', '--help', 'npm run new:module -- <name>'],
  ['tools/remove-module.ts', '--help', 'npm run remove:module -- <module>'],
  ['tools/remove-module.ts', '-h', 'npm run remove:module -- <module>'],
])('%s %s answers on stdout, and is no failure', (tool, flag, told) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, flag], { cwd: CHECKOUT, encoding: 'utf8' });

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(told);
});
