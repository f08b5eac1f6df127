import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

export const KEY_FILE: Trial = {
  promise: 'F1',
  says: "The development issuer's keys are not taken in production",
  how: 'a start with a JWKS_URL that is a file',

  run: async (stage) => {
    const replica = stage.launch({ JWKS_URL: 'file:///etc/mainstay/jwks.json' });
    const how = await replica.ended;
    return together([
      fact('ended with', how, 'code 78'),
      fact('and names JWKS_URL', /^ {2}JWKS_URL \S/m.test(replica.texts.join('\n')), true),
    ]);
  },
};
