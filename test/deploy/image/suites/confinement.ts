import { describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../support/built-image.js';
import { Sandbox } from '../support/sandbox.js';

const FOLDERS = ['/', '/app', '/app/dist', '/app/node_modules', '/etc', '/tmp', '/usr/local/bin', '/var'];
const WRITE_EVERYWHERE = `
  for (const folder of ${JSON.stringify(FOLDERS)}) {
    try { fs.writeFileSync(folder + '/written', ''); console.log('written'); } catch (error) { console.log(error.code); }
  }`;

/** The conditions that everything else is run under. */
export function describeConfinement(image: () => BuiltImage): void {
  describe('its process', () => {
    it('can write nowhere', async () => {
      const { output } = await new Sandbox(image()).run(['node', '-e', WRITE_EVERYWHERE]);

      expect(output.split('\n')).toEqual(FOLDERS.map(() => 'EROFS'));
    });

    it('is the user of the image, whoever runs the test', async () => {
      const who = '[process.getuid(), process.getgid(), os.userInfo().username, process.pid].join()';

      expect(await new Sandbox(image()).run(['node', '-p', who])).toMatchObject({
        code: 0,
        output: '1000,1000,node,1',
      });
    });

    it.each(['sh', 'npm', '/bin/sh', '/usr/bin/env'])('finds no %s', async (command) => {
      const { code, output } = await new Sandbox(image()).run([command, '--version']);

      expect(code).not.toBe(0);
      expect(output).toContain('No such file or directory');
    });
  });
}
