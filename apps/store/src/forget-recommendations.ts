import 'reflect-metadata';
import { CatalogModule } from '#modules/catalog';
import { resetReport, ResetRecommendations } from '#modules/recommendations';
import { runCommand } from '#platform/bootstrap';
import { LoadedSettings } from '#platform/config';
import { store } from './store.definition.js';

/** Forgets what was learned of purchases, so that the sample data and a replay of the events of orders teach it anew. */
await runCommand(store, 'forget-recommendations', async (app, print) => {
  if (!CatalogModule.recommendsInProcess(app.get(LoadedSettings))) {
    throw new Error('with RECOMMENDER_URL the recommender has learned them: run its own command, on its database');
  }
  const reset = await app.get(ResetRecommendations, { strict: false }).execute();
  for (const line of resetReport(reset)) print(line);
});
