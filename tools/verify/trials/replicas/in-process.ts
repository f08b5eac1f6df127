import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { pageOf, productsOnSale, sourceOf } from '../faults/recommendation-pages.ts';

export const IN_PROCESS: Trial = {
  promise: 'C7',
  says: 'The recommendations are in the process, or behind a URL, by configuration alone',
  how: 'a page at a replica with RECOMMENDER_URL and at one without; who was asked',

  run: async (stage) => {
    const { recommender, database, first } = stage;
    const alone = await (await stage.extra({ RECOMMENDER_URL: undefined })).ready();
    const [id = ''] = await productsOnSale(database, 1);
    const before = recommender.requestCount;
    const inside = await pageOf(alone, id);
    const between = recommender.requestCount;
    const outside = await pageOf(first, id);
    return together(
      [
        fact('in the process', `${inside.status} ${sourceOf(inside)}`, '200 live'),
        fact('calls for it', between - before, 0),
        fact('behind a URL', `${outside.status} ${sourceOf(outside)}`, '200 live'),
        fact('calls for it', recommender.requestCount - between, 1),
      ],
      [
        'the recommender here is a scripted one, whose faults can be chosen; with the built one: ' +
          'npm test -- recommender/two-services --selectProjects system',
      ],
    );
  },
};
