import type { Asking } from './ports/product.recommender.js';

/** A question that nobody may wait for any more; it costs nothing until somebody looks at its signal. */
export class Abandonment implements Asking {
  private isAbandoned = false;
  private controller: AbortController | undefined;

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.isAbandoned) this.controller.abort();
    return this.controller.signal;
  }

  abandon(): void {
    this.isAbandoned = true;
    this.controller?.abort();
  }
}
