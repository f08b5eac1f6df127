import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Dashboard, Row } from './dashboard.ts';
import { eventsRow } from './events.ts';

const ROWS = join(import.meta.dirname, 'rows');

/** The rows of the modules: each lies in a file of its module's name, and is found there. */
const ofModules = await Promise.all(
  globSync('*.ts', { cwd: ROWS })
    .sort()
    .map(async (file) => {
      const { row } = (await import(pathToFileURL(join(ROWS, file)).href)) as { row?: Row };
      if (!row) throw new Error(`tools/dashboards/rows/${file} must export row.`);
      return row;
    }),
);

/** What the shop does: orders, product pages and events, and what else its modules show of themselves. */
export const domainDashboard: Dashboard = {
  name: 'domain',
  title: 'Mainstay: shop',
  description: 'Orders, product pages and their recommendations, and the events on their way.',
  rows: [...ofModules, eventsRow],
};
