import { join } from 'node:path';
import { mountsOf, type ComposeService } from '../compose/compose-file.ts';
import type { Places } from './places.ts';
import { HERE } from './programs.ts';

export interface Container {
  /** `store-2`. */
  readonly name: string;
  readonly service: ComposeService;
  /** Stands for the root of its file system. */
  readonly folder: string;
}

/** Paths in the container that are the project's, or data's: all others would be the image's. */
export const pathsIn = (service: ComposeService): readonly string[] => [
  '/run/secrets',
  ...mountsOf(service).map(({ target }) => target),
  ...(service.tmpfs ?? []).map((mount) => mount.replace(/:.*/, '')),
];

/**
 * The words of a container, as they are said on this machine: names of services become addresses, its own ports the ones
 * that it has here, and its paths those below its folder.
 */
export function translate(text: string, container: Container, places: Places): string {
  return withFolders(withAddresses(text, container, places), container);
}

/** `http://recommender:3000` of another; `0.0.0.0:4222` and `:4222` where it listens itself; `127.0.0.1:8222`. */
const ADDRESS = /(?<![\w.:-])(?:([a-z][a-z-]*)|0\.0\.0\.0|127\.0\.0\.1)?:(\d+)\b/g;

/** What nobody here has stays as it is. */
const withAddresses = (text: string, { name }: Container, places: Places): string =>
  text.replaceAll(ADDRESS, (whole, other: string | undefined, port: string) => {
    const local = places.at(other ?? name, Number(port));
    return local === null ? whole : `${HERE}:${local}`;
  });

/** An absolute path, or the rest of an address behind its scheme, which is none of the container's. */
const PATH = /(?<![\w./-])\/[\w./-]+/g;

function withFolders(text: string, { service, folder }: Container): string {
  const known = pathsIn(service);
  const isKnown = (path: string): boolean => known.some((each) => path === each || path.startsWith(`${each}/`));
  return text.replaceAll(PATH, (path) => (isKnown(path) ? join(folder, path) : path));
}
