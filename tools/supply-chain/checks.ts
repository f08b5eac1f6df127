import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Refusal } from '../process/refusal.ts';
import { findAliases } from './aliases.ts';
import { findDeprecated } from './deprecations.ts';
import { findInexactVersions, readManifest } from './dependency-versions.ts';
import { expressionsOf, type UnreadExpression } from './expressions.ts';
import type { Finding } from './finding.ts';
import { findUndecidedScripts, readAllowScripts } from './install-scripts.ts';
import { findForbiddenLicences, installedLicences } from './licences.ts';
import { lintLockFile } from './lint-lock-file.ts';
import { readPackageLock } from './package-lock.ts';
import { findOwnSecrets } from './own-secrets.ts';
import { isOwnCode, projectFiles } from './project-files.ts';
import { findSecrets } from './secrets.ts';
import { findSlow } from './slow-expressions.ts';
import { findUnread } from './unread-expressions.ts';
import { findUntrustedSources } from './sources.ts';

/** Each throws where it could not look: that is no pass. */
export type Check = () => Promise<readonly Finding[]>;

/** All checks of a project that has package-lock.json and is a Git checkout, by their names. */
export function checksOf(project: string): Readonly<Record<string, Check>> {
  const lockPath = join(project, 'package-lock.json');
  const lock = () => readPackageLock(lockPath);
  return {
    'lock file': async () => [
      ...(await lintLockFile(lockPath)),
      ...findUntrustedSources(await lock()),
      ...findAliases(await lock()),
    ],
    'dependency versions': async () => findInexactVersions(await readManifest(join(project, 'package.json'))),
    'install scripts': async () =>
      findUndecidedScripts(await lock(), await readAllowScripts(join(project, 'package.json'))),
    deprecations: async () => findDeprecated(await lock()),
    licences: async () => findForbiddenLicences(await lock(), await installedLicences(project)),
    secrets: async () => {
      const files = await projectFiles(project);
      return [...(await findSecrets(project, files)), ...(await findOwnSecrets(project, files))];
    },
    redos: async () => slowExpressions(project),
  };
}

async function slowExpressions(project: string): Promise<readonly Finding[]> {
  const files = (await projectFiles(project)).filter(isOwnCode);
  if (files.length === 0) throw new Refusal('No code was found to check: the folders have moved.');
  const findings: Finding[] = [];
  const allUnread: UnreadExpression[] = [];
  for (const file of files) {
    const { read, unread } = expressionsOf(file, await readFile(join(project, file), 'utf8'));
    allUnread.push(...unread);
    for (const expression of read) {
      findings.push(...findSlow(expression));
      await setImmediate(); // the other checks read from their programs meanwhile
    }
  }
  return [...findings, ...findUnread(allUnread)];
}
