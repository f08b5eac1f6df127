import { describe, expect, it } from '@jest/globals';
import { ConfigurationInvalid, describeSettings, RuntimeSettings } from '#platform/config';
import { environmentOf, pathsToNothing, secretsInPlainSight, settingsIn, unknownVariables } from './environment.js';
import { renderAll } from './kustomize.js';
import { podOf } from './manifests.js';

/**
 * What holds for the environment of a service's pods. The settings are those of what the spec has imported: of one
 * service, and not of the other.
 */
export function describeEnvironment(service: string, overlay: string): void {
  describe(`the environment of the ${service} in ${overlay}`, () => {
    const manifests = renderAll(overlay);
    const pod = podOf(manifests, service);
    const env = environmentOf(pod, manifests);

    it('has settings of the service alone', () => {
      expect(Object.keys(env).length).toBeGreaterThan(3);
      expect(unknownVariables(env)).toEqual([]);
    });

    it('is one that the service starts with in production, and finds nothing odd about', () => {
      const settings = settingsIn(env);

      expect(settings.get(RuntimeSettings).isProduction).toBe(true);
      expect(settings.warnings).toEqual([]);
    });

    it('lacks nothing that production needs: without any of it the service would not start', () => {
      const needed = describeSettings().flatMap((section) =>
        section.settings.filter(({ required }) => required !== 'no').map(({ variable }) => variable),
      );

      expect(needed.length).toBeGreaterThan(3);
      for (const variable of needed) {
        const { [variable]: _value, [`${variable}_FILE`]: _file, ...without } = env;
        expect(Object.keys(without)).toHaveLength(Object.keys(env).length - 1);
        expect(() => settingsIn(without)).toThrow(ConfigurationInvalid);
      }
    });

    it('has secrets as paths alone, to files that the pod has', () => {
      expect(secretsInPlainSight(env)).toEqual([]);
      expect(pathsToNothing(env, pod)).toEqual([]);
    });
  });
}

/** That what is wrong would be found. */
export function describePlantedFaults(service: string): void {
  describe(`the check of the environment of the ${service}`, () => {
    const manifests = renderAll('production');
    const pod = podOf(manifests, service);
    const env = environmentOf(pod, manifests);

    it('would find a variable that there is not, a secret, and a path to nothing', () => {
      const planted = { ...env, NO_SUCH_SETTING: '1', DATABASE_URL: 'x', DATABASE_READ_URL_FILE: '/run/secrets/else' };

      expect(unknownVariables(planted)).toEqual(['NO_SUCH_SETTING']);
      expect(secretsInPlainSight(planted)).toEqual(['DATABASE_URL']);
      expect(pathsToNothing(planted, pod)).toEqual(['DATABASE_READ_URL_FILE']);
    });

    it('would find a value that the service refuses, and a name that it takes for misspelt', () => {
      expect(() => settingsIn({ ...env, JWKS_URL: 'http://login.example.com/keys' })).toThrow('JWKS_URL');
      expect(settingsIn({ ...env, REQUEST_TIMEOUT_M: '1' }).warnings).toEqual([
        'REQUEST_TIMEOUT_M is not a setting: did you mean REQUEST_TIMEOUT_MS?',
      ]);
    });
  });
}
