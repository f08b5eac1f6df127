import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** Sabotages that this is for: a page of nothing, and one that loads a script from elsewhere. */
export const OPERATIONS_PAGE: Trial = {
  promise: 'D6',
  says: 'The management port has a page for people, which loads nothing from anywhere else',
  how: 'its bytes and policy, what it refers to, and whether it names the version and each dependency of /metrics',

  run: async ({ first, options }) => {
    const page = await first.manage('/');
    const foreign = /(?:src|href)="(?:https?:)?\/\//.test(page.text);
    const { version } = JSON.parse(await readFile(join(options.release, 'package.json'), 'utf8')) as {
      version: string;
    };
    const breakers = (await first.metrics()).filter(({ name }) => name === 'dependency_breaker_state');
    const dependencies = [...new Set(breakers.map(({ labels }) => labels['dependency'] ?? ''))];
    const untold = dependencies.filter((name) => !page.text.includes(`>${name}<`));
    return together(
      [
        fact('answer', `${page.status} ${page.headers.get('content-type')?.split(';')[0]}`, '200 text/html'),
        fact('a policy', page.headers.has('content-security-policy'), true),
        fact('refers elsewhere', foreign, false),
        fact('its version', page.text.includes(`>${version}<`), true),
        fact('dependencies that it does not name', dependencies.length === 0 ? 'all' : untold.join() || 0, 0),
      ],
      ['what it shows in a browser: npm test -- system/operations --selectProjects system'],
    );
  },
};
