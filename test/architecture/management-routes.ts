import { Lifecycle } from '#platform/lifecycle';
import { createLogger, LogLevel } from '#platform/logging';
import { createManagementServer, type Managed } from '#platform/management';

/** Of the management port, as its server has them: asked for, since none of them needs what it would tell of. */
export const managementRoutes = (): readonly string[] => (routes ??= routesOfServer());

let routes: readonly string[] | undefined;

function routesOfServer(): string[] {
  const logger = createLogger({ level: 'silent', service: '', version: '' }, { write: () => undefined });
  const managed = {
    lifecycle: new Lifecycle(),
    info: {},
    logLevel: new LogLevel(logger),
    logger,
    page: { settings: { sections: [], warnings: [] }, hostNames: [] },
  } as unknown as Managed;
  const server = createManagementServer(managed);
  const paths = [
    '/',
    '/health',
    '/health/live',
    '/health/ready',
    '/health/startup',
    '/info',
    '/log-level',
    '/metrics',
    '/operations.json',
  ];
  return paths.filter((url) => server.hasRoute({ method: 'GET', url }));
}
