/**
 * Switches tracing on before anything else is loaded: `node --import ./dist/libs/platform/tracing/telemetry.js …`.
 * Without an end point it reads two variables, and loads nothing.
 */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

// eslint-disable-next-line no-restricted-properties -- before anything is loaded; what is read of it is validated there
const { env } = process;

if (ENDPOINTS.some((name) => env[name]?.trim())) {
  const { startTelemetry } = await import('./sdk/start-telemetry.js');
  startTelemetry(env, process.argv[1]);
}

export {};
