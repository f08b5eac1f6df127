import type { Program } from '#platform/testing';

export const BUILDAH: Program = { command: 'buildah', debianPackage: 'buildah' };
export const BWRAP: Program = { command: 'bwrap', debianPackage: 'bubblewrap' };
/** The base is made of the packages of a Debian, or of what descends from it. */
export const DPKG_QUERY: Program = { command: 'dpkg-query', debianPackage: 'dpkg' };
