import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../system/support/spawn-service.js';

/** A release of its own beside this checkout: whatever is put into `dist`, and what built code finds itself and packages by. */
export class ReleaseFolder {
  private constructor(readonly root: string) {}

  /** `dist` is still to be made. */
  static async made(name: string): Promise<ReleaseFolder> {
    const root = await mkdtemp(join(tmpdir(), `mainstay-${name}-`));
    await cp(join(ROOT, 'package.json'), join(root, 'package.json'));
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    return new ReleaseFolder(root);
  }

  get dist(): string {
    return join(this.root, 'dist');
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }
}
