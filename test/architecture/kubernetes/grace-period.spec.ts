import { describe, expect, it } from '@jest/globals';
import { HttpSettings } from '#platform/http';
import { LifecycleSettings } from '#platform/lifecycle';
import { ManagementSettings } from '#platform/management';
import { environmentOf, settingsIn } from './environment.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, podOf } from './manifests.js';

/** What a kubelet that is busy may take beside it all, and a last line of the log. */
const MARGIN_SECONDS = 10;

const services = OVERLAYS.flatMap((overlay) =>
  allOf('Deployment', renderAll(overlay)).map(({ metadata: { name } }) => ({ overlay, name })),
);

describe.each(services)('a replica of the $name in $overlay', ({ overlay, name }) => {
  const manifests = renderAll(overlay);
  const pod = podOf(manifests, name);
  const container = containerOf(pod);
  const settings = settingsIn(environmentOf(pod, manifests));
  const { drainDelayMs, shutdownTimeoutMs } = settings.get(LifecycleSettings);
  const { requestTimeoutMs, receiveTimeoutMs, port } = settings.get(HttpSettings);
  const graceSeconds = pod.spec.terminationGracePeriodSeconds ?? 0;
  const preStopSeconds = container.lifecycle?.preStop?.sleep?.seconds ?? 0;

  it('is left alone until it has ended by itself', () => {
    expect(preStopSeconds).toBeGreaterThan(0);
    expect(graceSeconds).toBeGreaterThanOrEqual(preStopSeconds + shutdownTimeoutMs / 1000 + MARGIN_SECONDS);
  });

  it('has time for the drain and for the longest request after it', () => {
    const longestMs = drainDelayMs + requestTimeoutMs;

    expect(graceSeconds).toBeGreaterThanOrEqual(preStopSeconds + longestMs / 1000 + MARGIN_SECONDS);
    // The bound of the process itself: a body that comes as slowly as it may, and then its answer.
    expect(shutdownTimeoutMs).toBeGreaterThanOrEqual(drainDelayMs + receiveTimeoutMs + requestTimeoutMs);
  });

  it('is found not ready before it has stopped to serve, also by who looks by itself', () => {
    const { periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = container.readinessProbe ?? {};

    expect(periodSeconds * failureThreshold + timeoutSeconds).toBeLessThanOrEqual(drainDelayMs / 1000);
  });

  it('has the ports that it listens on', () => {
    const management = settings.get(ManagementSettings).port;
    const ports = container.ports?.map(({ name: portName, containerPort }) => [portName, containerPort]);

    expect(ports).toEqual([
      ['http', port],
      ['management', management],
    ]);
  });
});
