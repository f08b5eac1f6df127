import { describe, expect, it } from '@jest/globals';
import { environmentOf } from './environment.js';
import { describeEnvironment, describePlantedFaults } from './environment-suite.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { podOf } from './manifests.js';
// As main.ts: what is imported declares its settings.
import '#platform/bootstrap';
import '../../../apps/store/src/store.module.js';

for (const overlay of OVERLAYS) describeEnvironment('store', overlay);
describePlantedFaults('store');

describe.each(OVERLAYS)('the replicas of the store in %s', (overlay) => {
  const manifests = renderAll(overlay);
  const env = environmentOf(podOf(manifests, 'store'), manifests);

  it('share a Redis, believe a gateway, and answer probes from outside of the pod', () => {
    expect(env).toMatchObject({
      REDIS_URL_FILE: expect.any(String),
      TRUST_PROXY: expect.stringMatching(/^[\d.]+\/\d+$/),
      MANAGEMENT_BIND_ADDRESS: '0.0.0.0',
    });
  });

  it('ask a recommender where there is one, by the name and the port of its Service', () => {
    const services = manifests.filter(({ kind, metadata }) => kind === 'Service' && metadata.name === 'recommender');

    expect(env['RECOMMENDER_URL']).toBe(services.length === 1 ? 'http://recommender:3000' : undefined);
    expect(env['NATS_URL_FILE'] !== undefined).toBe(services.length === 1);
  });
});
