import 'reflect-metadata';
import { migrateDatabase } from '#platform/bootstrap';
import './store.module.js'; // its modules bring their migrations

await migrateDatabase();
