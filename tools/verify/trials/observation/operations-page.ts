import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

export const OPERATIONS_PAGE: Trial = {
  promise: 'D6',
  says: 'The management port has a page for people, which loads nothing from anywhere else',
  how: 'its bytes, its policy, and what it refers to',

  run: async ({ first }) => {
    const page = await first.manage('/');
    const foreign = /(?:src|href)="(?:https?:)?\/\//.test(page.text);
    return together(
      [
        fact('answer', `${page.status} ${page.headers.get('content-type')?.split(';')[0]}`, '200 text/html'),
        fact('a policy', page.headers.has('content-security-policy'), true),
        fact('refers elsewhere', foreign, false),
      ],
      ['what it shows in a browser: npm test -- system/operations --selectProjects system'],
    );
  },
};
