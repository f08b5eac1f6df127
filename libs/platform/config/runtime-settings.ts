import { Setting, Settings } from './settings.decorators.js';
import { OneOf } from './rules.js';

const ENVIRONMENTS = ['development', 'test', 'production'] as const;

/** Belongs to the loader itself: it decides what else is required, and whether .env is read. */
@Settings({ section: 'Runtime', description: 'What kind of run this is.' })
export class RuntimeSettings {
  @Setting('NODE_ENV', {
    description: 'In production the .env file is not read, and what production needs has to be set.',
    default: 'development',
    type: 'string',
  })
  @OneOf(ENVIRONMENTS)
  readonly environment!: (typeof ENVIRONMENTS)[number];

  get isProduction(): boolean {
    return this.environment === 'production';
  }
}

/** The same question, before anything is loaded. */
export function isProduction(env: NodeJS.ProcessEnv): boolean {
  return env['NODE_ENV']?.trim() === 'production';
}
