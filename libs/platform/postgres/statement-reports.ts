import pg from 'pg';
import { currentRequest } from '#platform/context';
import { ClientDisconnected, DeadlineExceeded } from '#platform/deadline';
import { inSpan, isRecording, type SpanAttributes } from '#platform/tracing';
import { DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
import { serverOf, statementSpanOf, type ReportedStatement } from './statement-span.js';
import type { StatementObserver, StatementOutcome } from './statement.js';
import { translateDatabaseError } from './translate-database-error.js';

/** Tells the observers of each statement, and callers of failures in the house's own words. */
export class StatementReports {
  private readonly observers: StatementObserver[] = [];
  private readonly server: SpanAttributes;

  /** @param url of the server, for the spans */
  constructor(url: string | undefined) {
    this.server = serverOf(url);
  }

  observe(observer: StatementObserver): void {
    this.observers.push(observer);
  }

  /** @throws what `work` throws, translated; or the end of the current request, when that is why it failed */
  of<T>(statement: ReportedStatement, work: () => Promise<T>): Promise<T> {
    if (!isRecording()) return this.reported(statement.name, work);
    return inSpan(
      () => statementSpanOf(statement, this.server),
      () => this.reported(statement.name, work),
    );
  }

  private async reported<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const startedAtMs = performance.now();
    try {
      const result = await work();
      this.report(operation, 'ok', startedAtMs);
      return result;
    } catch (error) {
      if (error instanceof pg.DatabaseError) Error.captureStackTrace(error); // who asked, and not pg's socket
      const fact = translateDatabaseError(error);
      const over = currentRequest()?.deadline.reason;
      // A database that is away counts as that, also when the request's time ended with it.
      const cancelled = over !== undefined && !(fact instanceof DatabaseUnavailable);
      this.report(operation, cancelled ? 'cancelled' : outcomeOf(fact), startedAtMs);
      throw over ?? fact;
    }
  }

  private report(operation: string, outcome: StatementOutcome, startedAtMs: number): void {
    if (this.observers.length === 0) return;
    const call = { operation, outcome, durationSeconds: (performance.now() - startedAtMs) / 1_000 };
    for (const observer of this.observers) observer(call);
  }
}

function outcomeOf(fact: unknown): StatementOutcome {
  if (fact instanceof DeadlineExceeded || fact instanceof ClientDisconnected) return 'cancelled';
  if (fact instanceof DatabaseUnavailable) return 'unavailable';
  return fact instanceof DatabaseTimeout ? 'timeout' : 'rejected'; // a lost race too: the server has answered
}
