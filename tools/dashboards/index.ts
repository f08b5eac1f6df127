import { dependenciesDashboard } from './dependencies.ts';
import { domainDashboard } from './domain.ts';
import { serviceDashboard } from './service.ts';

export type { Dashboard, Panel } from './dashboard.ts';
export { renderDashboard, STARTS } from './render.ts';

export const DASHBOARDS = [serviceDashboard, dependenciesDashboard, domainDashboard];
