import { Refusal } from '../../process/refusal.ts';
import { namesIssuer } from '../../start/issuer.ts';
import { namesOf } from '../model.ts';
import type { Check } from '../smoke.ts';
import type { System } from '../system.ts';
import { expectStatus } from './ask.ts';
import { alertChecks } from './alerts.ts';
import { balancerChecks } from './balancer.ts';
import { shopChecks } from './shop.ts';
import { watchChecks } from './watch.ts';

const PRODUCTS_SEEN = 50;

/** Where the parts of the system answer, and who may buy. */
export interface Parts {
  readonly api: string;
  readonly balancer: string;
  /** The management ports of the replicas, and of the recommender. */
  readonly stores: readonly string[];
  readonly recommender: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly authorization: string;
  /** A product that has been bought together with others. */
  readonly product: { readonly id: string };
  readonly heardAlerts: ReadonlySet<string>;
}

/** @throws Refusal where the tokens are of somebody else's issuer: nobody here could buy then */
export function refuseForeignIssuer(env: NodeJS.ProcessEnv): void {
  if (namesIssuer(env)) throw foreignIssuer();
}

const foreignIssuer = (): Refusal =>
  new Refusal('The smoke test buys with a token of its own: leave JWT_ISSUER, JWT_AUDIENCE and JWKS_URL unset.');

/** @throws Refusal where there is nobody to give tokens, or nothing to buy */
export async function checksOf(system: System): Promise<readonly Check[]> {
  const parts = await partsOf(system);
  return [...shopChecks(parts), ...balancerChecks(parts), ...watchChecks(parts), ...alertChecks(parts)];
}

async function partsOf({ places, model, issuer, alerts }: System): Promise<Parts> {
  if (issuer.issue === null) throw foreignIssuer();
  const at = (name: string, port: number): string => `http://127.0.0.1:${places.portOf(name, port)}`;
  const token = await issuer.issue({ sub: 'smoke', scope: 'orders:read orders:write', lifetimeSeconds: 600 });
  const api = at('balancer', 3000);
  return {
    api,
    balancer: at('balancer', 8404),
    stores: namesOf('store', model.services['store'] ?? {}).map((name) => at(name, 9090)),
    recommender: at('recommender', 9090),
    prometheus: at('prometheus', 9090),
    alertmanager: at('alertmanager', 9093),
    authorization: `Bearer ${token}`,
    product: await somethingToBuy(api),
    heardAlerts: alerts.heard,
  };
}

async function somethingToBuy(api: string): Promise<Parts['product']> {
  const { body } = await expectStatus(200, `${api}/v1/products?status=active&limit=${PRODUCTS_SEEN}`);
  const found = (body as { items: { id: string; stock: number }[] }).items.find(({ stock }) => stock > 0);
  if (!found) throw new Refusal('The shop has nothing to buy.');
  return found;
}
