import { setSourceMapsSupport } from 'node:module';

/**
 * What has to be before anything else is loaded: `node --import ./dist/libs/platform/tracing/telemetry.js …`. It says how
 * the rest is loaded, and switches tracing on. Without an end point for traces it reads two variables, and loads no more.
 */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

// eslint-disable-next-line no-restricted-properties -- before anything is loaded; what is read of it is validated there
const { env } = process;

// Stack traces tell our own lines in TypeScript, and those of packages as they run: of each of their files
// `--enable-source-maps` would measure every line at every start, and keep what it found.
if (process.sourceMapsEnabled) setSourceMapsSupport(true, { nodeModules: false });

if (ENDPOINTS.some((name) => env[name]?.trim())) {
  const { startTelemetry } = await import('./sdk/start-telemetry.js');
  startTelemetry(env, process.argv[1]);
}
