import type { Check } from '../smoke.ts';
import { demand, expectStatus } from './ask.ts';
import type { Parts } from './checks.ts';

interface Found {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}
interface Health {
  readonly info: Readonly<Record<string, { readonly status: string }>>;
}

/** Redis, the broker, the database: by the names that /health has for them. */
const DEPENDENCIES = { store: ['database', 'redis', 'broker'], recommender: ['database', 'broker'] } as const;

/** What the services say of what they depend on, and what Prometheus knows of the services. */
export function watchChecks({ stores, recommender, prometheus }: Parts): readonly Check[] {
  const scraped = (job: string, count: number): Check => ({
    what: `Prometheus has ${count} of the job ${job}, and each is up`,
    ask: async () => {
      const query = new URLSearchParams({ query: `up{job="${job}"}` });
      const { body } = await expectStatus(200, `${prometheus}/api/v1/query?${query.toString()}`);
      const values = (body as Found).data.result.map(({ value }) => value[1]);
      return demand(
        values.length === count && values.every((value) => value === '1'),
        `up: ${values.join(', ') || 'none'}`,
      );
    },
  });
  return [
    ...stores.map((url, index) => reaching(`store ${index + 1}`, url, DEPENDENCIES.store)),
    reaching('the recommender', recommender, DEPENDENCIES.recommender),
    scraped('store', stores.length),
    scraped('recommender', 1),
    {
      what: 'Prometheus has its rules, and none fails',
      ask: async () => {
        const { body } = await expectStatus(200, `${prometheus}/api/v1/rules`);
        const rules = (body as { data: { groups: { rules: { health: string }[] }[] } }).data.groups.flatMap(
          (group) => group.rules,
        );
        const failing = rules.filter(({ health }) => health === 'err');
        return demand(rules.length > 0 && failing.length === 0, `${rules.length} rules, ${failing.length} fail`);
      },
    },
  ];
}

const reaching = (who: string, url: string, names: readonly string[]): Check => ({
  what: `${who} reaches what it depends on`,
  ask: async () => {
    const { body } = await expectStatus(200, `${url}/health`);
    const { info } = body as Health;
    const told = names.map((name) => `${name} ${info[name]?.status ?? 'absent'}`).join(', ');
    return demand(
      names.every((name) => info[name]?.status === 'up'),
      told,
    );
  },
});
