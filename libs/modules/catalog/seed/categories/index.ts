import { audio } from './audio.js';
import { camping } from './camping.js';
import { coffeeAndTea } from './coffee-and-tea.js';
import { cycling } from './cycling.js';
import { garden } from './garden.js';
import { homeTextiles } from './home-textiles.js';
import { kitchenTools } from './kitchen-tools.js';
import { lighting } from './lighting.js';
import { stationery } from './stationery.js';
import { tableware } from './tableware.js';
import { toysAndGames } from './toys-and-games.js';
import { workshop } from './workshop.js';
import type { SeedCategory } from '../seed-category.js';

export const seedCategories: readonly SeedCategory[] = [
  audio,
  camping,
  coffeeAndTea,
  cycling,
  garden,
  homeTextiles,
  kitchenTools,
  lighting,
  stationery,
  tableware,
  toysAndGames,
  workshop,
];
