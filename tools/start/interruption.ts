/**
 * npm hands on the signal that a terminal has already given to everybody: the same Ctrl-C arrives twice within a few
 * milliseconds. A person needs longer to mean it again.
 */
const SAME_GESTURE_MS = 500;
const PARENT_CHECK_INTERVAL_MS = 250;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A person's (or a supervisor's) wish that this tool ends. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Called at the second signal: somebody lost patience. */
  onSecond(listener: () => void): void;
  /** Gives the signals back to the system. */
  release(): void;
}

export function watchForInterruption(): Interruption {
  const controller = new AbortController();
  let firstAtMs: number | undefined;
  let impatient: () => void = () => undefined;
  const listener = (name: NodeJS.Signals) => {
    const now = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = now;
      controller.abort(new Interrupted(name));
    } else if (now - firstAtMs > SAME_GESTURE_MS) {
      impatient();
    }
  };
  for (const name of SIGNALS) process.on(name, listener);
  const parentCheck = watchParent(() => listener('SIGTERM'));
  return {
    signal: controller.signal,
    onSecond: (call) => (impatient = call),
    release: () => {
      clearInterval(parentCheck);
      SIGNALS.forEach((name) => process.off(name, listener));
    },
  };
}

/**
 * npm runs a script through a shell. A SIGTERM for npm ends that shell, which tells nobody: the end of the parent is
 * then the only sign. Without npm, having lost one's parent means nothing (`nohup`, a closed terminal).
 */
function watchParent(onGone: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    onGone();
  }, PARENT_CHECK_INTERVAL_MS);
  return check.unref();
}

export class Interrupted extends Error {
  readonly signalName: NodeJS.Signals;

  constructor(signalName: NodeJS.Signals) {
    super(`Interrupted by ${signalName}.`);
    this.name = 'Interrupted';
    this.signalName = signalName;
  }
}
