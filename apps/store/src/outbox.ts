import 'reflect-metadata';
import { runCommand } from '#platform/bootstrap';
import { OutboxOperator } from '#platform/messaging';
import { store } from './store.definition.js';

/** Shows the events that wait or were given up, sends them again, or drops them. */
await runCommand(store, 'outbox', (app, print) => app.get(OutboxOperator).run(process.argv.slice(2), print));
