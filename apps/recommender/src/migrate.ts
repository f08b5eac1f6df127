import 'reflect-metadata';
import { migrateDatabase } from '#platform/bootstrap';
import './recommender.module.js'; // its modules bring their migrations

await migrateDatabase();
