import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { IsUrl, MaxLength } from '#platform/validation';
import fc from 'fast-check';
import { Setting, Settings } from './settings.decorators.js';
import { refusalOf } from './testing/refusal-of.js';
import './testing/sample.settings.js';

/** Validators that quote the value whenever they are let. */
@Settings({ section: 'Gossip', description: 'Rules that talk too much.' })
export class GossipSettings {
  @Setting('GOSSIP_TEMPLATE', { description: 'Its message has a place for the value.' })
  @MaxLength(3, { message: '$property is $value, which is too long' })
  readonly template?: string;

  @Setting('GOSSIP_FUNCTION', { description: 'Its message is made from the value.' })
  @MaxLength(3, { message: (given) => `$property is ${String(given.value)}` })
  readonly function?: string;

  @Setting('GOSSIP_ADDRESS', { description: 'An address with a password.', secret: true })
  @IsUrl({ protocols: ['https'] })
  readonly address?: string;
}

const VARIABLES = [
  'NODE_ENV',
  'INTAKE_PORT',
  'INTAKE_SHELVES',
  'INTAKE_FILL_RATIO',
  'INTAKE_NIGHT_SHIFT',
  'INTAKE_GREETING',
  'INTAKE_SIZES',
  'LEDGER_URL',
  'LEDGER_URL_FILE',
  'LEDGR_URL',
  'LEDGER_LOCK_TIMEOUT_MS',
  'GOSSIP_TEMPLATE',
  'GOSSIP_FUNCTION',
  'GOSSIP_ADDRESS',
  'GOSSIP_ADDRESS_FILE',
];

/** Can't be part of any name or rule, so finding it means that a value was told. */
const CANARY = 'cAnArY7f3b';

const aValue = fc
  .tuple(
    fc.constantFrom('', 'ledger://clerk:', 'https://clerk:', '/run/secrets/', '1', '-', 'small,'),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', '@localhost/ledger', '.5', ',large', '\0', ' ', '\n', 'x'.repeat(70_000)),
  )
  .map(([start, middle, end]) => `${start}${CANARY}${middle}${CANARY}${end}`);

const anEnvironment = fc.dictionary(fc.constantFrom(...VARIABLES), aValue, { minKeys: 1 });

describe('the report of faults', () => {
  it('never contains a given value, whatever is wrong with it', () => {
    fc.assert(
      fc.property(anEnvironment, (env) => {
        const refusal = refusalOf({ INTAKE_PORT: CANARY, ...env });

        expect(refusal).not.toBeNull();
        expect(inspect(refusal, { depth: null, showHidden: true })).not.toContain(CANARY);
        expect(JSON.stringify(refusal)).not.toContain(CANARY);
      }),
      { numRuns: 300 },
    );
  });

  it('has room for the value in no message of a validator', () => {
    const refusal = refusalOf({ GOSSIP_TEMPLATE: CANARY, GOSSIP_FUNCTION: CANARY });

    expect(refusal?.faults.map(({ variable }) => variable)).toEqual(['GOSSIP_FUNCTION', 'GOSSIP_TEMPLATE']);
    expect(refusal?.message).not.toContain(CANARY);
  });
});
