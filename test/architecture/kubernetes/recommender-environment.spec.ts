import { describeEnvironment, describePlantedFaults } from './environment-suite.js';
// As main.ts: what is imported declares its settings.
import '#platform/bootstrap';
import '../../../apps/recommender/src/recommender.module.js';

describeEnvironment('recommender', 'production');
describePlantedFaults('recommender');
