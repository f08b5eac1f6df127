import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { defaultResource, resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { keyValuePairs } from '../key-value-pairs.js';
import type { TracingSettings } from '../tracing.settings.js';

const UNKNOWN_SERVICE = 'mainstay';

/**
 * Who tells: OTEL_SERVICE_NAME, else `service.name` of OTEL_RESOURCE_ATTRIBUTES, else the name of the app that is started.
 * @param entry the file that Node was started with
 */
export function serviceResource(
  { serviceName, resourceAttributes }: Pick<TracingSettings, 'serviceName' | 'resourceAttributes'>,
  entry: string | undefined,
): Resource {
  const own = {
    'service.name': appOf(entry) ?? UNKNOWN_SERVICE,
    'service.version': version(),
    'service.instance.id': randomUUID(),
  };
  const given = keyValuePairs(resourceAttributes ?? '') ?? {};
  const named = serviceName === undefined ? {} : { 'service.name': serviceName };
  return defaultResource().merge(resourceFromAttributes({ ...own, ...given, ...named }));
}

/** `…/apps/store/src/main.js` is the store. */
const appOf = (entry = ''): string | undefined => /[\\/]apps[\\/]([\w-]+)[\\/]src[\\/][\w-]+\.\w+$/.exec(entry)?.[1];

/** That of package.json, which lies above the sources and above the build. */
function version(): string {
  const path = findPackageJSON('.', import.meta.url);
  const { version: found = 'unknown' } = (path ? JSON.parse(readFileSync(path, 'utf8')) : {}) as { version?: string };
  return found;
}
