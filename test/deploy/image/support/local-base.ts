import { existsSync, realpathSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runProgram } from '../../../../tools/process/run-program.ts';
import { baseImages } from '../../../architecture/container-files.js';
import type { Buildah } from './buildah.js';
import { DebianPackages } from './debian-files.js';

/** What the Dockerfile calls, and what the Node that the repository carries asks for. */
const PACKAGES = 'base-files bash coreutils dash dpkg findutils grep sed tar libatomic1 libc-bin libstdc++6'.split(' ');
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Makes an image of this machine's Debian packages, the carried Node and the npm that runs this test, laid out as the
 * official image of Node is, under the name that the Dockerfile builds on.
 */
export async function makeLocalBase(buildah: Buildah): Promise<void> {
  const archive = await packBase(buildah.folder);
  const container = (await buildah.run('from', 'scratch')).trim();
  await buildah.run('add', '--quiet', container, archive, '/');
  const env = [
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`,
  ];
  await buildah.run('config', ...env.flatMap((pair) => ['--env', pair]), container);
  await buildah.run('commit', '--quiet', '--rm', container, `docker.io/library/${baseName()}`);
}

/** The one image that the stages stand on, without its digest. */
function baseName(): string {
  const [base = '', ...others] = new Set(baseImages());
  if (others.length > 0) throw new Error(`The Dockerfile stands on more than one base: ${base}, ${others.join(', ')}`);
  return base.replace(/@sha256:.*/, '');
}

async function packBase(folder: string): Promise<string> {
  const archive = join(folder, 'base.tar');
  const packages = await DebianPackages.with(PACKAGES);
  const list = join(folder, 'files');
  const extra = existsSync(CERTIFICATES) ? [CERTIFICATES] : [];
  await writeFile(list, [...(await packages.files()), ...extra].join('\n'));
  await tar('--create', '--file', archive, '--no-recursion', '--verbatim-files-from', '--files-from', list);

  const made = join(folder, 'made');
  await mkdir(join(made, 'var/lib/dpkg'), { recursive: true });
  await mkdir(join(made, 'usr/local/bin'), { recursive: true });
  await writeFile(join(made, 'var/lib/dpkg/status'), await packages.status());
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(made, 'usr/local/bin/npm'));
  await append(archive, made, 'var/lib/dpkg/status', 'usr/local/bin/npm');
  await append(archive, dirname(dirname(process.execPath)), '--transform=s,^,usr/local/,', 'bin/node', 'LICENSE');
  const npm = npmFolder();
  const place = `--transform=s,^${basename(npm)}/,usr/local/lib/node_modules/npm/,SH`;
  await append(archive, dirname(npm), place, `${basename(npm)}/`);
  return archive;
}

const append = (archive: string, folder: string, ...args: readonly string[]): Promise<void> =>
  tar('--append', '--file', archive, '--directory', folder, ...args);

async function tar(...args: readonly string[]): Promise<void> {
  const options = ['--owner=0', '--group=0', '--numeric-owner', ...args];
  const { code, output } = await runProgram('tar', options, { timeoutMs: 120_000 });
  if (code !== 0) throw new Error(`tar ${args.join(' ')} failed: ${output}`);
}

/** @throws Error where npm did not start this test, and nobody knows where it is */
function npmFolder(): string {
  const program = process.env['npm_execpath'];
  if (!program) throw new Error('npm_execpath is not set: run this test with `npm test`.');
  return dirname(dirname(realpathSync(program)));
}
