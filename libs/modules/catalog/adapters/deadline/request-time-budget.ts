import { Injectable } from '@nestjs/common';
import { currentRequest, runInRequest } from '#platform/context';
import { Deadline, withinDeadline } from '#platform/deadline';
import { TimeBudget } from '../../application/ports/time-budget.js';

const nothing = (): void => undefined;

/** Runs work in the request's own context, but with a deadline that ends sooner: adapters obey it as they obey the request's. */
@Injectable()
export class RequestTimeBudget extends TimeBudget {
  override async within<T>(budgetMs: number, work: () => Promise<T>): Promise<T> {
    const request = currentRequest();
    const deadline = new Deadline(Math.min(budgetMs, request?.deadline.remainingMs() ?? budgetMs));
    const unsubscribe = request?.deadline.onEnd((reason) => deadline.end(reason)) ?? nothing;
    const begin = () => (request ? runInRequest({ ...request, deadline }, work) : work());
    return withinDeadline(deadline, begin, budgetMs).finally(unsubscribe);
  }
}
