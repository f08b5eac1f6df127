import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

export interface ServiceInfo {
  readonly name: string;
  readonly version: string;
  /** The commit that was built, where the build said it. */
  readonly commit: string;
  /** Of Node.js. */
  readonly runtime: string;
}

/** Which build this is. The version is that of package.json, which lies above the sources and above the build. */
export function serviceInfo(name: string, commit: string): ServiceInfo {
  const path = findPackageJSON('.', import.meta.url);
  const { version = 'unknown' } = (path ? JSON.parse(readFileSync(path, 'utf8')) : {}) as { version?: string };
  return { name, version, commit, runtime: process.version };
}
