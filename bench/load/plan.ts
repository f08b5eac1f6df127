/** Stands in a request's text for a key that is new each time, of the same length. */
export const NEW_KEY = '@@@@@@@@-new-key-for-each-@@@@@@@@@@';

/** A request as it goes over the wire, and what has to come back. */
export interface PlannedRequest {
  /** Head and body; {@link NEW_KEY} in it is replaced. */
  readonly text: string;
  readonly status: number;
  /** Null: whatever it is. */
  readonly body: string | null;
  /** Members of the body that are new each time: then bodies are compared as JSON without them, one in {@link SAMPLED}. */
  readonly changing: readonly string[];
}

/** To read JSON costs the load more than to compare bytes: of bodies that change one in so many is read. */
export const SAMPLED = 32;

export interface Load {
  readonly durationMs: number;
  readonly connections: number;
  /** What comes back before is not counted as good: until a queue has filled, answers are missing. Absent: 0. */
  readonly countFromMs?: number;
  /** Requests in a second, whether they are answered or not. Absent: each connection asks when it has been answered. */
  readonly ratePerSecond?: number;
  /** Statuses that are no fault besides the planned one: an overloaded server may refuse. */
  readonly bearable?: readonly number[];
  /** The load computes while it waits, and so is never woken. Absent: it sleeps. */
  readonly awake?: boolean;
}

export interface LoadResult {
  /** All that were answered, also after the end of the time. */
  readonly answers: number;
  /** As planned, and within the time: in a second of it. */
  readonly goodPerSecond: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** For open loops: what was sent, of what should have been. */
  readonly sent: number;
  readonly due: number;
  readonly durationMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of its core that the load itself took: near 1 it is the load that is measured. */
  readonly loadBusy: number;
  /** Why the run is worthless: the first fault of an answer or a connection. */
  readonly fault: string | null;
}

/** What is to be told to the process that makes the load. */
export type LoadCommand =
  | { readonly do: 'plan'; readonly name: string; readonly port: number; readonly requests: readonly PlannedRequest[] }
  | { readonly do: 'run'; readonly name: string; readonly load: Load }
  | { readonly do: 'forget'; readonly name: string };

/** On its way there. The result has the same number: one that comes too late is not the next command's. */
export interface NumberedCommand {
  readonly number: number;
  readonly command: LoadCommand;
}

export interface NumberedResult {
  readonly number: number;
  readonly result: LoadResult | null;
}
