import { join } from 'node:path';
import { bundle } from '../../../tools/bundle/bundle.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import { ReleaseFolder } from '../release-folder.js';

/** A checkout's build, put together and laid out as in the image: this one's, unless given. */
export async function bundledRelease(checkout = ROOT): Promise<ReleaseFolder> {
  const release = await ReleaseFolder.made('bundle');
  await bundle(join(checkout, 'dist'), release.dist);
  return release;
}
