import { ConfigurationInvalid, loadSettings } from '#platform/config';
import { TracingSettings } from '../tracing.settings.js';
import { serviceResource } from './service-resource.js';
import { startTracing } from './start-tracing.js';

/**
 * Starts tracing as the environment has it. Faults in it are left to the service, which tells of all of its faults
 * together and ends.
 * @param entry the file that Node was started with
 */
export function startTelemetry(env: NodeJS.ProcessEnv, entry: string | undefined): void {
  try {
    const settings = loadSettings({ ...env }, [TracingSettings]).get(TracingSettings);
    if (settings.wanted) startTracing(settings, serviceResource(settings, entry));
  } catch (error) {
    if (!(error instanceof ConfigurationInvalid)) throw error;
  }
}
