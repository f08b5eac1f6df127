export { HealthContributor, type HealthState } from './health-contributor.js';
export { HealthModule } from './health.module.js';
export { HealthService } from './health.service.js';
