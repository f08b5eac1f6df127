import { withConnection } from '#platform/testing';

/** An event of the store's, as it was committed with its order. */
export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
}

/** The events of one family in the outbox, in the order of recording, read as the superuser. */
export const toldEvents = (adminUrl: string, family: string): Promise<readonly ToldEvent[]> =>
  withConnection(adminUrl, async (admin) => {
    const { rows } = await admin.query<ToldEvent>(
      'SELECT id, type, subject FROM messaging.outbox WHERE starts_with(type, $1) ORDER BY position',
      [family],
    );
    return rows;
  });

/** How many of them no broker has confirmed. */
export const unsentEvents = (adminUrl: string): Promise<number> =>
  withConnection(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM messaging.outbox WHERE sent_at IS NULL',
    );
    return rows[0]?.count ?? NaN;
  });
