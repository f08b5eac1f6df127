import { makeEntity } from '../../api/entity.ts';
import { takes } from '../../api/document.ts';
import { allOf, fact, together } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

export const CONDITIONAL_READS: ResourceTrial = {
  promise: 'C4',
  says: 'Who has the current version is not sent it again',
  how: 'a new entity is read, and read again with its ETag, and with another one, at either replica',

  runOn: async ({ api, first, second }, resource) => {
    const { read, operations } = resource;
    if (!read) return { inapplicable: `no one of ${resource.name} is read` };
    if (!takes(read, 'if-none-match')) {
      const versioned = operations.some((operation) => takes(operation, 'if-match'));
      if (!versioned) return { inapplicable: `${resource.name} has no versions that a caller sees` };
      return allOf(1, 'reads of what has versions take If-None-Match', [`${read.id} does not`]);
    }
    const entity = await makeEntity(api, resource, 'verify-reads');
    if ('why' in entity) return { inapplicable: entity.why };
    const { id, authorization } = entity;
    const plain = await api.call(read, { authorization, id }, first);
    const etag = plain.headers.get('etag') ?? 'none';
    const known = await api.call(read, { authorization, id, headers: { 'if-none-match': etag } }, second);
    const other = await api.call(read, { authorization, id, headers: { 'if-none-match': '"0"' } }, second);
    return together([
      fact('read', plain.status, 200),
      fact('with its ETag', `${known.status}, ${known.text.length} bytes`, '304, 0 bytes'),
      fact('with another', other.status, 200),
    ]);
  },
};
