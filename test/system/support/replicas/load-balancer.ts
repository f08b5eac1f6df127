import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from '#platform/testing';

/** Where one replica of several listens, whichever process it is at the moment. */
export interface Slot {
  /** From 1. */
  readonly number: number;
  readonly port: number;
  readonly managementPort: number;
}

/** A request as the balancer's access log tells it. Every value is text. */
export interface BalancedRequest {
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly status: string;
  readonly requestId: string;
  readonly [field: string]: string;
}

/** A real load balancer with the configuration under `deploy/`, in a process of its own, on a free port. */
export interface LoadBalancer {
  readonly url: string;
  /** Its access log so far. */
  requests(): Promise<readonly BalancedRequest[]>;
  /** Resolves when it sends requests to the replica. */
  sendsTo(slot: Slot): Promise<void>;
  /** Resolves when it has found out that the replica is not to be asked. */
  hasLeft(slot: Slot): Promise<void>;
  /** For clean-up: ends it whatever state it is in. */
  stop(): Promise<void>;
}

export interface LoadBalancerKind extends Program {
  start(slots: readonly Slot[]): Promise<LoadBalancer>;
}

/** Far above what any of them takes. */
export const WAIT_MAX_MS = 20_000;

/** A question is answered in no time: without a pause the loop would take a core from those who are asked. */
const PAUSE_MS = 10;

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endsAtMs = performance.now() + WAIT_MAX_MS;
  while (!(await isSo())) {
    if (performance.now() > endsAtMs) throw new Error(`Not so after ${WAIT_MAX_MS} ms: ${what}.`);
    await delay(PAUSE_MS);
  }
}
