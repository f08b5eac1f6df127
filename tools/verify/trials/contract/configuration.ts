import { allOf, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const CANARY = 'c4nary-value';
/** sysexits.h: a wrong configuration, which a restart doesn't cure. */
const EX_CONFIG = 'code 78';

const WRONG = {
  PORT: `${CANARY}-port`,
  SHUTDOWN_TIMEOUT_MS: '-77123',
  DATABASE_URL: `mysql://store:${CANARY}@localhost/store`,
  LOG_LEVEL: CANARY,
  JWT_ISSUER: undefined,
  RATE_LIMIT_MAX: '1e3',
} as const;

export const CONFIGURATION: Trial = {
  promise: 'E3',
  says: 'A wrong configuration is refused at once, all faults by name and none by value',
  how: 'a start with six settings wrong, secrets among them',

  run: async (stage) => {
    const replica = stage.launch(WRONG);
    const how = await replica.ended;
    const said = replica.texts.join('\n');
    const lines = said.split('\n');
    const names = Object.keys(WRONG).filter((name) => !lines.some((line) => line.startsWith(`  ${name} `)));
    const named = allOf(Object.keys(WRONG).length, 'faults named', names);
    return together([
      fact('ended with', how, EX_CONFIG),
      named,
      fact('values told', said.includes(CANARY) || said.includes('77123'), false),
    ]);
  },
};
