import { describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../support/built-image.js';
import { lockedPackages } from '../support/locked-packages.js';

const MEGABYTE = 1_000_000;
/** It is 280 MB. What makes it grow should be looked at. */
const SIZE_BYTES_MAX = 300 * MEGABYTE;
const FOREIGN = /(^|\/)(sh|bash|dash|busybox|npm|npx|corepack|yarn|apt|apt-get|dpkg|perl|python3?|curl|wget|tar)$/;

/** What lies in the image, and what does not. */
export function describeContents(image: () => BuiltImage): void {
  const pathsOf = (pattern: RegExp): readonly string[] =>
    [...image().entries.keys()].filter((path) => pattern.test(path));

  const packagesTold = (): readonly string[] =>
    pathsOf(/^var\/lib\/dpkg\/status\.d\/./).map((path) => path.replace('var/lib/dpkg/status.d/', ''));

  describe('its files', () => {
    it('are one program, and no shell, npm or package manager', () => {
      const programs = pathsOf(/(^|\/)s?bin\/[^/]+$/).filter((path) => !path.startsWith('app/node_modules/'));

      expect(programs).toEqual(['usr/local/bin/node']);
      expect(pathsOf(FOREIGN).filter((path) => !image().entries.get(path)?.mode.startsWith('d'))).toEqual([]);
    });

    it('are the production packages of the lock file, each of them, and no other', () => {
      const held = new Set(
        pathsOf(/^app\/node_modules\/(.*\/)?package\.json$/).map((path) =>
          path.replaceAll(/^app\/|\/package\.json$/g, ''),
        ),
      );
      const { production, others } = lockedPackages();

      expect(production.filter((folder) => !held.has(folder))).toEqual([]);
      expect(others.filter((folder) => held.has(folder))).toEqual([]);
      expect(production.length).toBeGreaterThan(100);
      expect(others).toContain('node_modules/typescript');
    });

    it('are the build, and no source, test, secret or history', () => {
      const top = new Set(pathsOf(/^app\/./).map((path) => path.split('/')[1] ?? ''));

      expect([...top].sort((a, b) => a.localeCompare(b))).toEqual(['dist', 'node_modules', 'package.json']);
      expect(pathsOf(/^app\/dist\/.*(\.(spec|contract|builder)\.|\.ts$|\/testing(\/|$))/)).toEqual([]);
      expect(pathsOf(/^app\/dist\/apps\/(store|recommender)\/src\/main\.js\.map$/)).toHaveLength(2);
      expect(pathsOf(/(^|\/)(\.env|\.git|\.npmrc|\.npm|\.tsbuildinfo)(\/|$)|^(root|home|build|system)(\/|$)/)).toEqual(
        [],
      );
    });

    it('are no links that Node would have to follow: it is told that there are none', () => {
      const links = [...image().entries].filter(([path, { mode }]) => path.startsWith('app/') && mode.startsWith('l'));

      expect(links.map(([path]) => path).filter((path) => !path.includes('/.bin/'))).toEqual([]);
    });

    it('belong to root, nobody else may change them, and they lend nobody their rights', () => {
      const all = [...image().entries.values()];

      expect(all.length).toBeGreaterThan(1_000);
      expect(all.filter(({ owner }) => owner !== '0/0')).toEqual([]);
      expect(all.filter(({ mode }) => !mode.startsWith('l') && /^.{5}w|^.{8}w|[st]/i.test(mode.slice(1)))).toEqual([]);
    });

    it('can be read by every user', () => {
      const closed = [...image().entries.values()].filter(({ mode }) => !/^(l|d......r.x|-......r)/.test(mode));

      expect(closed).toEqual([]);
    });

    it('weigh less than 300 MB, half of which is Node', () => {
      const sizesBytes = [...image().entries.values()].map(({ sizeBytes }) => sizeBytes);

      expect(sizesBytes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(SIZE_BYTES_MAX);
      expect(image().entries.get('usr/local/bin/node')?.sizeBytes).toBeGreaterThan(100 * MEGABYTE);
    });

    it('tell a scanner which release of Debian they are of, and of which packages', () => {
      expect(packagesTold()).toEqual(expect.arrayContaining(['libatomic1', 'libc6', 'libgcc-s1', 'libstdc++6']));
      expect(pathsOf(/^(etc|usr\/lib)\/os-release$/)).toHaveLength(2);
    });

    it('bring the licences of Node and of these packages', () => {
      const { entries } = image();
      /** Packages of one source share a folder: the others have a link to it. */
      const licenceOf = (name: string): string =>
        `usr/share/doc/${entries.get(`usr/share/doc/${name}`)?.target ?? name}/copyright`;

      expect(entries.has('usr/local/LICENSE')).toBe(true);
      expect(packagesTold()).not.toEqual([]);
      expect(packagesTold().filter((name) => !entries.has(licenceOf(name)))).toEqual([]);
    });
  });
}
