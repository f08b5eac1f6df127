import { expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { argumentsIn } from './arguments.ts';

it('reads a name, fields and switches, in any order', () => {
  expect(argumentsIn(['reviews', '--force', 'title:string', '--singular', 'review', 'body:text', '--dry-run'])).toEqual(
    {
      request: { name: 'reviews', fields: ['title:string', 'body:text'], singular: 'review' },
      dryRun: true,
      skipDocs: false,
      force: true,
    },
  );
});

it.each([[[]], [['reviews', '--forse']]])('shows how it is used for %j', (args) => {
  expect(() => argumentsIn(args)).toThrow(Refusal);
  expect(() => argumentsIn(args)).toThrow('npm run new:module -- <name>');
});
