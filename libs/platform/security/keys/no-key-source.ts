import { DependencyUnavailable } from '#platform/resilience';
import { KeySource } from './key-source.js';

/** Where no issuer is configured there are no keys, and so no token is valid. */
export class NoKeySource extends KeySource {
  override read(): Promise<string> {
    return Promise.reject(new DependencyUnavailable('jwks'));
  }
}
