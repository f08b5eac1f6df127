/** What of the system runs now, and can be ended. */
export interface Running {
  /** `store-2`. */
  readonly name: string;
  /** How it ended: `code 7`, `signal SIGKILL`. Never rejects; a step that has done its work is none of these. */
  readonly ended: Promise<string>;
  /** Asks it to end, and waits for that. A second call waits for the first. */
  stop(): Promise<void>;
  /** Ends it now. */
  kill(): void;
}
