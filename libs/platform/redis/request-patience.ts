import { currentRequest, type RequestContext } from '#platform/context';
import { WaitBudget } from './wait-budget.js';

interface Patience {
  readonly ordinary: WaitBudget;
  /** For what is at stake when it is not said: others would go on with what is not so any more. */
  readonly persistent: WaitBudget;
}

/** How long each request may wait for Redis: so long for all that it asks, and once more for what it has to tell. */
export class RequestPatience {
  private readonly known = new WeakMap<RequestContext, Patience>();

  /** @param budgetMs of each request, twice */
  constructor(private readonly budgetMs: number) {}

  /** Of the current request, or of the one on whose behalf it is done; undefined where there is none. */
  current(persistent: boolean): WaitBudget | undefined {
    const request = currentRequest();
    if (!request) return undefined;
    const patience = this.of(request.origin ?? request);
    return persistent ? patience.persistent : patience.ordinary;
  }

  private of(request: RequestContext): Patience {
    let patience = this.known.get(request);
    if (!patience) {
      patience = { ordinary: new WaitBudget(this.budgetMs), persistent: new WaitBudget(this.budgetMs) };
      this.known.set(request, patience);
    }
    return patience;
  }
}
