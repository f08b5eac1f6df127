import {
  type CallOutcome,
  type DependencyCall,
  DependencyObserver,
  type DependencyStateChange,
} from '../dependency-observer.js';

/** Remembers what it was told. */
export class RecordingObserver extends DependencyObserver {
  readonly calls: DependencyCall[] = [];
  readonly changes: DependencyStateChange[] = [];

  override called(call: DependencyCall): void {
    this.calls.push(call);
  }

  override changed(change: DependencyStateChange): void {
    this.changes.push(change);
  }

  get outcomes(): readonly CallOutcome[] {
    return this.calls.map(({ outcome }) => outcome);
  }

  /** `closed>open`, in order. */
  get path(): readonly string[] {
    return this.changes.map(({ from, to }) => `${from}>${to}`);
  }
}
