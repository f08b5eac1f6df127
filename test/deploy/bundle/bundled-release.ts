import { join } from 'node:path';
import { bundle } from '../../../tools/bundle/bundle.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import { ReleaseFolder } from '../release-folder.js';

/** This checkout's build, put together and laid out as in the image. */
export async function bundledRelease(): Promise<ReleaseFolder> {
  const release = await ReleaseFolder.made('bundle');
  await bundle(join(ROOT, 'dist'), release.dist);
  return release;
}
