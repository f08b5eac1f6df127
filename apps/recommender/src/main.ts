import 'reflect-metadata';
import { runService } from '#platform/bootstrap';
import { recommender } from './recommender.definition.js';

await runService(recommender);
