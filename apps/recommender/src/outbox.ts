import 'reflect-metadata';
import { runCommand } from '#platform/bootstrap';
import { OutboxOperator } from '#platform/messaging';
import { recommender } from './recommender.definition.js';

/** Shows the events that the recommender has parked, takes them again, or drops them. */
await runCommand(recommender, 'outbox', (app, print) => app.get(OutboxOperator).run(process.argv.slice(2), print));
