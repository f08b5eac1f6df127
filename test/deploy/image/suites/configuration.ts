import { describe, expect, it } from '@jest/globals';
import type { BuiltImage } from '../support/built-image.js';

/** What the image says of itself, and of how it is to be run. */
export function describeConfiguration(image: () => BuiltImage): void {
  describe('its configuration', () => {
    it('says what it is, of which version and commit', () => {
      const { config, args } = image();

      expect(config.Labels).toMatchObject({
        'org.opencontainers.image.title': 'mainstay-store',
        'org.opencontainers.image.description': expect.stringContaining('NestJS'),
        'org.opencontainers.image.licenses': 'MIT',
        'org.opencontainers.image.version': args['VERSION'],
        'org.opencontainers.image.revision': args['COMMIT'],
        'org.opencontainers.image.source': args['SOURCE'],
      });
    });

    it('starts Node, by no script, as a user that is a number and not root', () => {
      const { config } = image();

      expect(config.Entrypoint ?? []).toEqual([]);
      expect([config.Cmd[0], config.Cmd.at(-1)]).toEqual(['node', 'dist/apps/store/src/main.js']);
      expect(config.User).toBe('1000:1000');
      expect(config.WorkingDir).toBe('/app');
      expect(Object.keys(config.ExposedPorts).sort()).toEqual(['3000/tcp', '9090/tcp']);
    });

    it('sets what production needs, and keeps nothing of where it was built', () => {
      const { config, args } = image();

      expect([...config.Env].sort()).toEqual([
        'MANAGEMENT_BIND_ADDRESS=0.0.0.0',
        'NODE_ENV=production',
        'NODE_PRESERVE_SYMLINKS=1',
        'PATH=/usr/local/bin',
        `SERVICE_COMMIT=${args['COMMIT']}`,
      ]);
    });
  });
}
