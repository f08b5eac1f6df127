import { setTimeout as delay } from 'node:timers/promises';
import type { EmptyDatabase } from '#platform/testing';
import { StoreProcess } from '../../../system/support/store-process.js';
import { UNSHED } from '../../../system/support/unshed.js';

/** What a store suffers from, and what is to be heard of it. */
export interface Patient {
  /** The job of Prometheus. */
  readonly job: string;
  /** The names of all alerts that fire for it, and no other. */
  readonly alerts: readonly string[];
  /** Those that a busy machine may add to it. */
  readonly mayAlso?: readonly string[];
  /** Starts it, healthy, save who never was. */
  readonly start: (databases: Databases) => Promise<Sick>;
}

/** One for all, save for whom what stands in the database is the fault. */
export interface Databases {
  readonly shared: EmptyDatabase;
  readonly own: EmptyDatabase;
  /** Of another one. */
  readonly other: EmptyDatabase;
}

export interface Sick {
  readonly store: StoreProcess;
  /** Makes it ill, and keeps it so until the signal. */
  readonly suffer: (over: AbortSignal) => Promise<void>;
  readonly end?: () => Promise<void>;
}

/** Between two requests of a client. */
export const PAUSE_MS = 50;
export const LIST = '/v1/products?limit=1';
/** It waits for Postgres rather than fail. */
export const UNHURRIED = { DATABASE_ACQUIRE_TIMEOUT_MS: '8000', REQUEST_TIMEOUT_MS: '10000' };

export async function started(env: Readonly<Record<string, string>>, databaseUrl: string, preload: string[] = []) {
  const store = StoreProcess.launch({ databaseUrl, env: { ...UNSHED, ...env }, preload });
  await store.listening();
  return store.ready();
}

/** Asks over and over, one question at a time for each client. Whatever comes is an answer. */
export async function asking(store: StoreProcess, path: string, over: AbortSignal, clients = 1): Promise<void> {
  const client = async (): Promise<void> => {
    while (!over.aborted) {
      await fetch(store.url + path).then(async (answer) => answer.arrayBuffer()).catch(() => undefined); // prettier-ignore
      await delay(PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
