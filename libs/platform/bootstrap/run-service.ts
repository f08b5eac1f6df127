import { DiscoveryService } from '@nestjs/core';
import { ConfigurationInvalid, loadSettings, readEnvironment, type LoadedSettings } from '#platform/config';
import { HealthService } from '#platform/health';
import { HttpSettings } from '#platform/http';
import { BackgroundWorks, ConnectionDrain, LifecycleSettings, listenToProcess, Shutdown } from '#platform/lifecycle';
import { createLogger, LogLevel, LoggingSettings, RepeatedLines, stdoutDestination } from '#platform/logging';
import { createManagementServer, ManagementSettings, serviceInfo } from '#platform/management';
import { MetricsRegistry } from '#platform/metrics';
import { Operations } from '#platform/operations';
import { activeTracer, TracingSettings } from '#platform/tracing';
import { createService, type ServiceDefinition } from './create-service.js';
import { EXIT } from './end-with.js';
import { untilItCanServe } from './until-it-can-serve.js';

const STARTED_WITHOUT_TRACING =
  'Traces have an end point, and nobody makes them: start with `node --import ./dist/libs/platform/tracing/telemetry.js`.';

/** Starts a service as production runs it, and ties it to the process until the process ends. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const settings = settingsOrExit();
  const { version } = serviceInfo(definition.name, settings.get(ManagementSettings).commit);
  const { level, repeatMax: max, repeatWindowSeconds: windowSeconds } = settings.get(LoggingSettings);
  const repeated = new RepeatedLines({ max, windowSeconds });
  const logger = createLogger({ level, service: definition.name, version, repeated }, stdoutDestination());
  const flushLogs = () => repeated.flush();
  for (const warning of settings.warnings) logger.warn(warning);
  if (settings.get(TracingSettings).wanted && !activeTracer()) logger.warn(STARTED_WITHOUT_TRACING);
  try {
    await start(definition, settings, logger, flushLogs);
  } catch (error) {
    flushLogs();
    logger.fatal({ err: error }, 'the service could not start');
    process.exit(1);
  }
}

async function start(
  definition: ServiceDefinition,
  settings: LoadedSettings,
  logger: ReturnType<typeof createLogger>,
  flushLogs: () => void,
): Promise<void> {
  const service = await createService(definition, settings, logger);
  const { app, lifecycle, info } = service;
  const management = createManagementServer({
    health: app.get(HealthService),
    metrics: app.get(MetricsRegistry),
    lifecycle,
    info,
    logLevel: new LogLevel(logger),
    logger,
    hostNames: settings.get(ManagementSettings).hostNames,
    page: { operations: app.get(Operations), settings },
  });
  const http = app.getHttpServer();
  const connections = new ConnectionDrain(http);
  const background = new BackgroundWorks(app.get(DiscoveryService));
  const shutdown = new Shutdown(
    lifecycle,
    {
      drainConnections: () => connections.run(() => service.server.pipeline.endConnections()),
      stopBackgroundWork: () => background.stop(),
      close: () => app.close(),
      flushTraces: async (withinMs) => activeTracer()?.shutdown(withinMs),
      closeAllConnections: () => http.closeAllConnections(),
      closeManagement: () => management.close(),
      flushLogs,
      exit: (code) => process.exit(code),
    },
    logger,
  );
  listenToProcess(shutdown, settings.get(LifecycleSettings), logger);
  const managementSettings = settings.get(ManagementSettings);
  const httpSettings = settings.get(HttpSettings);
  // At one time: what is depended on takes a while to be reached, and need not wait for the probes' listener.
  const [managementUrl] = await Promise.all([
    management.listen({ port: managementSettings.port, host: managementSettings.host }),
    app.init(),
  ]);
  await untilItCanServe(app.get(HealthService), lifecycle);
  if (shutdown.underway) return; // it was asked to end before it had begun
  await app.listen({ port: httpSettings.port, host: httpSettings.host });
  if (shutdown.underway) return;
  lifecycle.serving();
  background.start();
  const { commit, runtime } = info;
  logger.info({ url: await app.getUrl(), managementUrl, commit, runtime }, 'listening');
}

function settingsOrExit(): LoadedSettings {
  try {
    return loadSettings(readEnvironment(process.cwd()));
  } catch (error) {
    if (!(error instanceof ConfigurationInvalid)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT.configuration);
  }
}
