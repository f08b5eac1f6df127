import { faultsOfEach } from '../../api/each.ts';
import { operationsOf, type Operation, type WrittenDocument } from '../../api/document.ts';
import { exampleBody } from '../../api/call.ts';
import type { Api } from '../../api/api.ts';
import { problemFault } from '../../api/problem.ts';
import { agreedDocument } from '../../api/agreed-document.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

/**
 * A route that was opened by mistake says so in its own document as well. So what is agreed on is asked: docs/openapi.json,
 * which a review has seen. What is not in it has to be closed.
 */
export const ROUTES: ResourceTrial = {
  promise: 'F1',
  says: 'A route is closed unless docs/openapi.json says that it is open',
  how: 'each operation without a token, and with every scope but its own',

  runOn: async ({ api, options }, { operations }) => {
    const agreed = operationsOf((await agreedDocument(options.checkout)) as WrittenDocument);
    const isOpen = ({ id }: Operation): boolean => agreed.find((other) => other.id === id)?.scopes === null;
    const closed = operations.filter((operation) => !isOpen(operation));
    if (closed.length === 0) return { inapplicable: 'all of its operations are open, as docs/openapi.json says' };
    const faults = await faultsOfEach(closed, async (operation) => {
      const fault = (await withoutToken(api, operation)) ?? (await withoutScope(api, operation));
      return fault === null ? null : `${operation.id}: ${fault}`;
    });
    return allOf(closed.length, 'closed operations: 401 without a token, 403 without the scope', faults);
  },
};

async function withoutToken(api: Api, operation: Operation): Promise<string | null> {
  const answer = await api.call(operation, { authorization: null, body: exampleBody(operation, api.schemas) });
  const fault = problemFault(answer, { status: 401, code: 'platform.authentication-required' });
  if (fault !== null) return `without a token ${fault}`;
  return answer.headers.has('www-authenticate') ? null : '401 without WWW-Authenticate';
}

async function withoutScope(api: Api, operation: Operation): Promise<string | null> {
  if (operation.scopes === null || operation.scopes.length === 0) return 'it asks for no scope';
  const authorization = api.asWithout('verify-access', operation.scopes);
  const answer = await api.call(operation, { authorization, body: exampleBody(operation, api.schemas) });
  const fault = problemFault(answer, { status: 403, code: 'platform.insufficient-scope' });
  return fault === null ? null : `without its scope ${fault}`;
}
