import { exampleBody } from '../../api/call.ts';
import type { Operation } from '../../api/document.ts';
import { makeEntity } from '../../api/entity.ts';
import { sumOf } from '../../stage/sum.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const METRIC = 'http_server_request_duration_seconds_count';

/** Sabotage that this is for: a counter in an interceptor, which sees neither a guard's 401 nor a pipe's 400. */
export const ROUTE_METRICS: ResourceTrial = {
  promise: 'D2',
  says: 'Each route counts its answers by its template, whatever their status',
  how: 'each operation as it should be, without a token and with a bad id or query; /metrics before and after',

  runOn: async ({ api, first }, resource) => {
    const { operations } = resource;
    const entity = await makeEntity(api, resource, 'verify-metrics');
    const gaps = 'why' in entity ? [`no success on one of them: ${entity.why}`] : [];
    const own = 'why' in entity ? {} : { id: entity.id };
    const before = await first.settledMetrics();
    const sent = new Map<string, number>();
    const ask = async (operation: Operation, details: Parameters<typeof api.call>[1]): Promise<void> => {
      const { status } = await api.call(operation, details);
      const series = `${operation.method} ${templateOf(operation)} ${status}`;
      sent.set(series, (sent.get(series) ?? 0) + 1);
    };
    for (const operation of operations) {
      const authorization = api.as('verify-metrics');
      await ask(operation, { authorization, ...own, body: exampleBody(operation, api.schemas) });
      await ask(operation, { authorization: null, ...own });
      await ask(operation, { authorization, id: 'no-uuid', query: '?verifyUnknown=1' });
    }
    const after = await first.settledMetrics();
    const faults = [...sent].flatMap(([series, count]) => {
      const [method = '', route = '', status = ''] = series.split(' ');
      const labels = { method, route, status };
      const counted = sumOf(after, METRIC, labels) - sumOf(before, METRIC, labels);
      return counted === count ? [] : [`${series}: ${counted} counted of ${count}`];
    });
    return allOf(sent.size, 'series of method, template and status grew by what was sent', faults, gaps);
  },
};

/** As the framework writes it: `/v1/orders/:id`. */
const templateOf = ({ path }: Operation): string => path.replaceAll(/\{(\w{1,60})\}/g, ':$1');
