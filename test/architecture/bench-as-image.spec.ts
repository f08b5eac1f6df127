import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENV, productionFlags, storeProgram } from '../../bench/scene/servers.ts';
import { readDockerfile } from './container-files.js';

/** Where in the image things are, what of it can be reached, and which commit it is: no matter of how Node runs. */
const OF_THE_PLACE = ['PATH', 'MANAGEMENT_BIND_ADDRESS', 'SERVICE_COMMIT'];

const dockerfile = readDockerfile();
const lastStage = dockerfile.slice(dockerfile.findLastIndex(({ name }) => name === 'FROM'));
const argsOf = (name: string): string[] =>
  lastStage.filter((instruction) => instruction.name === name).map(({ args }) => args);

/** What is measured is what runs: a flag that only one of them has makes the figures those of another program. */
describe('the store of the benchmark', () => {
  it('is started with the flags of the image, and on the same file', () => {
    const [folder = ''] = argsOf('WORKDIR');
    const [node, ...args] = JSON.parse(argsOf('CMD').join('')) as string[];
    const release = resolve(folder, 'dist');

    expect(node).toBe('node');
    expect(args.map((arg) => (/^(?:\.\/)?dist\//.test(arg) ? resolve(folder, arg) : arg))).toEqual([
      ...productionFlags(release),
      storeProgram(release),
    ]);
  });

  it('has the environment of the image, but for what says where it is', () => {
    const pairs = argsOf('ENV')
      .flatMap((args) => args.split(/\s+/))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);

    expect(pairs.map(([name]) => name)).toEqual(expect.arrayContaining(OF_THE_PLACE));
    expect(Object.fromEntries(pairs.filter(([name]) => !OF_THE_PLACE.includes(name)))).toEqual(IMAGE_ENV);
  });
});
