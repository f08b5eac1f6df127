import { newId } from '#kernel/id';
import { withConnection } from '#platform/testing';

export interface PlantedEvent {
  readonly type: string;
  readonly data: object;
}

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Puts an event in the outbox that no use case would record, as the superuser; gives its id. */
export async function plantEvent(adminUrl: string, { type, data }: PlantedEvent): Promise<string> {
  const id = newId();
  await withConnection(adminUrl, (admin) =>
    admin.query(
      `INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data)
       VALUES ($1, $2, $3, now(), $4, $5)`,
      [id, type, newId(), TRACEPARENT, JSON.stringify(data)],
    ),
  );
  return id;
}

/** Puts many in at once, one event for each subject named, in this order. */
export async function plantBacklog(adminUrl: string, type: string, subjects: readonly string[]): Promise<void> {
  const ids = subjects.map(() => newId());
  await withConnection(adminUrl, (admin) =>
    admin.query(
      `INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data)
       SELECT id, $3, subject, now(), $4, jsonb_build_object('place', place)
       FROM unnest($1::uuid[], $2::varchar[]) WITH ORDINALITY AS event (id, subject, place) ORDER BY place`,
      [ids, subjects, type, TRACEPARENT],
    ),
  );
}
