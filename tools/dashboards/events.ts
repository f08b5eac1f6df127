import { CHOSEN, rate, type Row } from './dashboard.ts';

/** The events of all modules on their way. */
export const eventsRow: Row = {
  title: 'Events',
  panels: [
    {
      title: 'Waiting to be sent',
      description: 'In the whole database. A relay that keeps up never has a thousand.',
      unit: 'short',
      queries: [[`max by (job) (outbox_pending_events{${CHOSEN}})`, '{{job}}']],
      limit: 1_000,
      alerts: ['OutboxFilling'],
    },
    {
      title: 'Age of the oldest',
      description: 'From 60 s on what depends on it shows what was.',
      unit: 's',
      queries: [[`max by (job) (outbox_oldest_event_age_seconds{${CHOSEN}})`, '{{job}}']],
      limit: 60,
      alerts: ['OutboxLate'],
    },
    {
      title: 'Given up',
      description: 'Parked until somebody has seen to it: none is good.',
      unit: 'short',
      queries: [[`max by (job) (outbox_dead_events{${CHOSEN}})`, '{{job}}']],
      limit: 1,
      alerts: ['DeadEvents'],
    },
    {
      title: 'Sent',
      description: 'By outcome. `deferred`: what a consumer needs is away.',
      unit: 'ops',
      queries: [[`sum by (job, outcome) (${rate('outbox_published_total')})`, '{{job}} {{outcome}}']],
      width: 12,
    },
    {
      title: 'Consumed',
      description: 'By type and outcome. `duplicate`: it came twice, and was taken once.',
      unit: 'ops',
      queries: [[`sum by (type, outcome) (${rate('events_consumed_total')})`, '{{type}} {{outcome}}']],
      width: 12,
    },
  ],
};
