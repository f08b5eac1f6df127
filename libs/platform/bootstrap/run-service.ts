import { setTimeout as delay } from 'node:timers/promises';
import { ConfigurationInvalid, loadSettings, readEnvironment, type LoadedSettings } from '#platform/config';
import { HealthService } from '#platform/health';
import { HttpSettings } from '#platform/http';
import { ConnectionDrain, LifecycleSettings, listenToProcess, Shutdown } from '#platform/lifecycle';
import { createLogger, LoggingSettings, stdoutDestination } from '#platform/logging';
import { createManagementServer, ManagementSettings, serviceInfo } from '#platform/management';
import { MetricsRegistry } from '#platform/metrics';
import { createService, type ServiceDefinition } from './create-service.js';

/** A start that failed is told of, unless nobody reads. */
const FLUSH_TIMEOUT_MS = 500;
/** sysexits.h: the configuration is wrong, and a restart won't help. */
const EXIT_CONFIGURATION = 78;

/** Starts a service as production runs it, and ties it to the process until the process ends. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const settings = settingsOrExit();
  const stdout = stdoutDestination();
  const { version } = serviceInfo(definition.name, settings.get(ManagementSettings).commit);
  const logger = createLogger(
    { level: settings.get(LoggingSettings).level, service: definition.name, version },
    stdout,
  );
  const flushLogs = () => new Promise<void>((resolve) => stdout.flush(() => resolve()));
  for (const warning of settings.warnings) logger.warn(warning);
  try {
    await start(definition, settings, logger, flushLogs);
  } catch (error) {
    logger.fatal({ err: error }, 'the service could not start');
    await Promise.race([flushLogs(), delay(FLUSH_TIMEOUT_MS)]);
    process.exit(1);
  }
}

async function start(
  definition: ServiceDefinition,
  settings: LoadedSettings,
  logger: ReturnType<typeof createLogger>,
  flushLogs: () => Promise<void>,
): Promise<void> {
  const service = await createService(definition, settings, logger);
  const { app, lifecycle, info } = service;
  const management = createManagementServer({
    health: app.get(HealthService),
    metrics: app.get(MetricsRegistry),
    lifecycle,
    info,
  });
  const http = app.getHttpServer();
  const connections = new ConnectionDrain(http);
  const shutdown = new Shutdown(
    lifecycle,
    {
      drainConnections: () => connections.run(),
      close: () => app.close(),
      closeAllConnections: () => http.closeAllConnections(),
      closeManagement: () => management.close(),
      flushLogs,
      exit: (code) => process.exit(code),
      kill: () => process.kill(process.pid, 'SIGKILL'),
    },
    logger,
  );
  listenToProcess(shutdown, settings.get(LifecycleSettings), logger);
  const managementSettings = settings.get(ManagementSettings);
  const httpSettings = settings.get(HttpSettings);
  const managementUrl = await management.listen({ port: managementSettings.port, host: managementSettings.host });
  await app.listen({ port: httpSettings.port, host: httpSettings.host });
  lifecycle.serving();
  const { commit, runtime } = info;
  logger.info({ url: await app.getUrl(), managementUrl, commit, runtime }, 'listening');
}

function settingsOrExit(): LoadedSettings {
  try {
    return loadSettings(readEnvironment(process.cwd()));
  } catch (error) {
    if (!(error instanceof ConfigurationInvalid)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}
