import 'reflect-metadata';
import { runService } from '#platform/bootstrap';
import { store } from './store.definition.js';

await runService(store);
