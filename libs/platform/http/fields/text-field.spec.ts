import { describe, expect, it } from '@jest/globals';
import { ValidationFailed } from '#platform/errors';
import { StrictValidationPipe } from '../validation.pipe.js';
import { TextField } from './index.js';

class NoteRequest {
  @TextField({ minLength: 1, maxLength: 20, example: 'Kettle', optional: true })
  title?: string;

  @TextField({ maxLength: 20, multiline: true, example: 'Holds water.', optional: true })
  body?: string;
}

const read = (value: unknown): Promise<unknown> =>
  new StrictValidationPipe().transform(value, { type: 'body', metatype: NoteRequest });

async function faultsOf(value: unknown): Promise<unknown> {
  const error: unknown = await read(value).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ValidationFailed)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults;
}

describe('a text on one line', () => {
  it.each(['Kettle', 'שלום', '水壺 🫖', 'zero\u200dwidth'])('takes %j', async (title) => {
    expect(await read({ title })).toEqual({ title });
  });

  it.each(['\n', '\r', '\t', '\u0007', '\u0085', '\u2028', '\u2029'])('refuses %j in it', async (character) => {
    expect(await faultsOf({ title: `one${character}two` })).toEqual([
      { pointer: '#/title', detail: 'must be one line, without control characters' },
    ]);
  });
});

describe('a text of several lines', () => {
  it.each(['\n', '\r\n', '\t', '\u2028', '\u2029'])('takes %j in it', async (characters) => {
    const body = `one${characters}two`;

    expect(await read({ body })).toEqual({ body });
  });

  it.each(['\u0007', '\u001b', '\u0085'])('refuses %j in it', async (character) => {
    expect(await faultsOf({ body: `one${character}two` })).toEqual([
      { pointer: '#/body', detail: 'must not contain control characters' },
    ]);
  });
});
