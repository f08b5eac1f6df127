/** Gives a piece of work less time than the request has that it is done for. */
export abstract class TimeBudget {
  /**
   * The work's result, if it is there in time. When it isn't, or when the request is over first, what the work has
   * begun is ended too, statements on the database's server among it.
   * @throws whatever the work throws, or the reason of its end
   */
  abstract within<T>(budgetMs: number, work: () => Promise<T>): Promise<T>;
}
