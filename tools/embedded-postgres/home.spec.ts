import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { homeOf, refuseForeign } from './home.ts';
import { isEnterableByOthers, isReadableByOthers, survivesDoubleQuotes } from './reachable.ts';

describe('where the data lives', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'home-'));
    await chmod(folder, 0o755);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is the checkout itself, when Postgres runs as its owner', async () => {
    await chmod(folder, 0o700);

    expect(await homeOf(folder, null)).toEqual({ path: join(folder, '.data'), awayBecause: null });
  });

  it('is the checkout itself, when the other account can enter it', async () => {
    expect(await homeOf(folder, { uid: 1, gid: 1 })).toEqual({ path: join(folder, '.data'), awayBecause: null });
  });

  it.each([
    ['lasts', 'lib', /^.*\/lib\/mainstay\/[0-9a-f]{16}$/],
    ['is temporary, where no lasting one can be made', 'no/such/folder', /^\/.*tmp\/mainstay-\d+-[0-9a-f]{16}$/],
  ])('is a folder of the system that %s, one for each checkout that the account can not enter', async (_, at, like) => {
    const closed = join(folder, 'closed');
    await mkdir(join(folder, 'lib'));
    await mkdir(closed, { mode: 0o700 });
    const checkouts = [join(closed, 'a'), join(closed, 'b')];
    for (const checkout of checkouts) await mkdir(checkout);
    const home = (checkout: string) => homeOf(checkout, { uid: 1, gid: 1 }, join(folder, at));

    const homes = await Promise.all(checkouts.map(home));
    const again = await home(join(closed, 'a'));
    for (const { path } of homes) await rm(path, { recursive: true });

    expect(homes[0]?.path).toMatch(like);
    expect(homes[0]?.awayBecause).toContain('cannot enter this checkout');
    expect(again).toEqual(homes[0]);
    expect(homes[0]?.path).not.toBe(homes[1]?.path);
  });

  it('is outside the checkout, when the path of that has characters which pg_ctl would stumble over', async () => {
    const checkout = join(folder, 'a $HOME');
    await mkdir(checkout);

    const { path, awayBecause } = await homeOf(checkout, null, folder);

    expect(path).toMatch(/^.*\/mainstay\/[0-9a-f]{16}$/);
    expect(awayBecause).toContain('has a character');
  });

  it('is refused when it is no folder of ours', async () => {
    await writeFile(join(folder, 'trap'), '');

    await expect(refuseForeign(join(folder, 'trap'))).rejects.toThrow('belongs to another user, or is no folder');
  });
});

describe('what another account can reach', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reach-'));
    await mkdir(join(folder, 'inner'));
    await writeFile(join(folder, 'inner', 'file'), '');
    await chmod(join(folder, 'inner'), 0o755);
    await chmod(join(folder, 'inner', 'file'), 0o644);
    await chmod(folder, 0o711);
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is what lies below folders that let others pass', async () => {
    expect(await isEnterableByOthers(join(folder, 'inner'))).toBe(true);
    expect(await isReadableByOthers(join(folder, 'inner', 'file'))).toBe(true);
  });

  it('ends at one closed ancestor', async () => {
    await chmod(folder, 0o700);

    expect(await isEnterableByOthers(join(folder, 'inner'))).toBe(false);
    expect(await isReadableByOthers(join(folder, 'inner', 'file'))).toBe(false);
  });

  it.each(['/a b/c', '/ä/ö', "/it's"])('can be given to pg_ctl: %s', (path) => {
    expect(survivesDoubleQuotes(path)).toBe(true);
  });

  it.each(['/a"b', '/$HOME', '/`id`', '/a\nb'])('can not be given to pg_ctl: %j', (path) => {
    expect(survivesDoubleQuotes(path)).toBe(false);
  });
});
