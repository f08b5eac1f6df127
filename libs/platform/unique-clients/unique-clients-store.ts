import type { ClientWindowName } from './client-window.js';

/** Distinct clients of each window, to 2%. */
export type UniqueClientCounts = Readonly<Record<ClientWindowName, number>>;

/** Counts distinct clients in bounded memory. Its own token: in memory for one replica, or shared by all. */
export abstract class UniqueClientsStore {
  /** These were here just now. Never rejects: a count is not worth an error. */
  abstract add(addresses: readonly string[]): Promise<void>;

  /** Never rejects. */
  abstract counts(): Promise<UniqueClientCounts>;
}
