import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from './load-settings.js';
import { faultsOf } from './testing/refusal-of.js';
import { LedgerSettings } from './testing/sample.settings.js';

const ADDRESS = 'ledger://clerk:from-a-file@localhost/ledger';

describe('secrets from files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function holding(content: string | Buffer): string {
    const path = join(folder, 'ledger-url');
    writeFileSync(path, content);
    return path;
  }

  it.each(['', '\n', '\r\n'])('reads the value and drops the line break %j at its end', (lineBreak) => {
    const loaded = loadSettings({ LEDGER_URL_FILE: holding(ADDRESS + lineBreak) });

    expect(loaded.get(LedgerSettings).url).toBe(ADDRESS);
  });

  it('satisfies what production requires', () => {
    expect(faultsOf({ NODE_ENV: 'production', LEDGER_URL_FILE: holding(ADDRESS) })).toEqual([]);
  });

  it('refuses a value and a file at once', () => {
    expect(faultsOf({ LEDGER_URL: ADDRESS, LEDGER_URL_FILE: holding(ADDRESS) })).toEqual([
      'LEDGER_URL must not be set together with LEDGER_URL_FILE',
    ]);
  });

  it('checks the content by the rules of the setting', () => {
    expect(faultsOf({ LEDGER_URL_FILE: holding('http://elsewhere') })).toEqual([
      'LEDGER_URL must be a URL that starts with ledger://',
    ]);
  });

  it.each([
    ['is empty', '\n'],
    ['is larger than 65536 bytes', 'x'.repeat(65_537)],
    ['is not UTF-8 text', Buffer.from([0xc3, 0x28])],
  ])('refuses a file that %s', (words, content) => {
    expect(faultsOf({ LEDGER_URL_FILE: holding(content) })).toEqual([
      `LEDGER_URL_FILE must name a readable file: it ${words}`,
    ]);
  });

  it('refuses a NUL character in the content', () => {
    expect(faultsOf({ LEDGER_URL_FILE: holding('a\0b') })).toEqual(['LEDGER_URL must not contain a NUL character']);
  });

  it('tells why a file can not be read, without its path', () => {
    expect(faultsOf({ LEDGER_URL_FILE: join(folder, 'absent') })).toEqual([
      'LEDGER_URL_FILE must name a readable file: it can not be read (ENOENT)',
    ]);
  });

  it('refuses folders', () => {
    expect(faultsOf({ LEDGER_URL_FILE: folder })).toEqual([
      'LEDGER_URL_FILE must name a readable file: it is not a regular file',
    ]);
  });

  it('refuses a pipe at once instead of waiting for its writer', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);

    expect(faultsOf({ LEDGER_URL_FILE: pipe })).toEqual([
      'LEDGER_URL_FILE must name a readable file: it is not a regular file',
    ]);
  });
});
