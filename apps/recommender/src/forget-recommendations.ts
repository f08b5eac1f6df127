import 'reflect-metadata';
import { resetReport, ResetRecommendations } from '#modules/recommendations';
import { runCommand } from '#platform/bootstrap';
import { recommender } from './recommender.definition.js';

/** Forgets what was learned of purchases, so that the sample data and a replay of the events of orders teach it anew. */
await runCommand(recommender, 'forget-recommendations', async (app, print) => {
  const reset = await app.get(ResetRecommendations, { strict: false }).execute();
  for (const line of resetReport(reset)) print(line);
});
