import { randomUUID } from 'node:crypto';
import type { Api } from '../../api/api.ts';
import type { Operation } from '../../api/document.ts';
import { takes } from '../../api/document.ts';
import { existingOr, newBody } from '../../api/entity.ts';
import type { Resource } from '../../api/resource.ts';
import { type Answer, field, toldBy } from '../../stage/ask.ts';
import type { Stage } from '../../stage/stage.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-repeated';
const OTHER_SUB = 'verify-repeated-other';
const TWINS = 8;

/**
 * Sabotages that this is for: an answer that is not kept, a body that is not compared, a twin that is let through, a key that
 * is everybody's.
 */
export const REPEATED_CREATION: ResourceTrial = {
  promise: 'C3',
  says: 'A POST under its key is carried out once, and answered again byte for byte by the other replica',
  how: 'each POST that takes a key: repeated at the other replica, with another body, without a key, by another caller, and 8 at once',

  runOn: async (stage, resource) => {
    const keyed = resource.operations.filter((operation) => takes(operation, 'idempotency-key'));
    const unkeyed = resource.create && !keyed.includes(resource.create) ? [`${resource.create.id} takes no key`] : [];
    if (keyed.length === 0 && unkeyed.length === 0) return { inapplicable: 'nothing of it is created' };
    const gaps: string[] = [];
    const faults = [...unkeyed];
    for (const operation of keyed) {
      const found = await faultsOf(stage, resource, operation);
      if ('why' in found) gaps.push(`${operation.id}: ${found.why}`);
      else faults.push(...found.faults.map((fault) => `${operation.id}: ${fault}`));
    }
    if (gaps.length === keyed.length && faults.length === 0) return { inapplicable: gaps.join('; ') };
    return allOf(keyed.length + unkeyed.length - gaps.length, 'POSTs keep their answers', faults, gaps);
  },
};

async function faultsOf(
  stage: Stage,
  resource: Resource,
  operation: Operation,
): Promise<{ readonly faults: readonly string[] } | { readonly why: string }> {
  const { api, first, second } = stage;
  const subject = await existingOr(api, resource, operation, SUB);
  if ('why' in subject) return subject;
  const details = { authorization: api.as(SUB), id: subject.id, key: randomUUID() };
  const body = await newBody(api, { ...resource, create: operation }, { sub: SUB });
  const original = await api.call(operation, { ...details, body }, first);
  if (original.status >= 500) throw new Error(`${operation.id} of the examples answers ${toldBy(original)}`);
  if (original.status === 409 && operation !== resource.create) return { why: `its examples meet ${toldBy(original)}` };
  if (original.status >= 300) return { faults: [`its own examples are answered by ${toldBy(original)}`] };
  const again = await api.call(operation, { ...details, body }, second);
  const other = await newBody(api, { ...resource, create: operation }, { sub: SUB });
  const reused = await api.call(operation, { ...details, body: altered(other) }, second);
  const keyless = await api.call(operation, { ...details, body, key: null });
  const faults = [
    again.text === original.text && again.status === original.status
      ? null
      : `again ${toldBy(again)} with ${again.text === original.text ? 'the same' : 'another'} body`,
    again.headers.get('location') === original.headers.get('location') ? null : 'again at another Location',
    reused.status === 422 ? null : `another body under the key ${toldBy(reused)} instead of 422`,
    keyless.status === 400 ? null : `without a key ${toldBy(keyless)} instead of 400`,
    await othersFault(stage, resource, operation, { key: details.key, original }),
    await twinsFault(api, stage, operation, { id: subject.id, body: other }),
  ];
  return { faults: faults.filter((fault) => fault !== null) };
}

/** A key is of its caller: what somebody else asks for under it is carried out, and is not the answer that the first got. */
async function othersFault(
  { api, second }: Stage,
  resource: Resource,
  operation: Operation,
  { key, original }: { key: string; original: Answer },
): Promise<string | null> {
  const subject = await existingOr(api, resource, operation, OTHER_SUB);
  if ('why' in subject) return subject.why;
  const body = await newBody(api, { ...resource, create: operation }, { sub: OTHER_SUB });
  const answer = await api.call(operation, { authorization: api.as(OTHER_SUB), id: subject.id, key, body }, second);
  if (answer.status !== original.status) return `under that key another caller is answered by ${toldBy(answer)}`;
  return answer.text === original.text ? 'under that key another caller gets the answer of the first' : null;
}

/** All at once, over both replicas: one answer, or a wait. */
async function twinsFault(
  api: Api,
  { first, second }: Stage,
  operation: Operation,
  { id, body }: { id: string; body: unknown },
): Promise<string | null> {
  const details = { authorization: api.as(SUB), id, body, key: randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: TWINS }, (_, n) => api.call(operation, details, n % 2 === 0 ? first : second)),
  );
  const done = answers.filter(({ status }) => status < 300);
  const told = answers.filter(({ status }) => status === 409);
  if (done.length + told.length !== TWINS) return `of ${TWINS} at once: ${answers.map(toldBy).join(', ')}`;
  if (new Set(done.map(({ text }) => text)).size !== 1) return `${TWINS} at once got different answers`;
  const hasty = told.filter(({ headers, json }) => {
    return !headers.has('retry-after') || field(json, 'code') !== 'platform.idempotency-key-in-use';
  });
  return hasty.length === 0 ? null : `a twin is answered by ${toldBy(hasty[0] ?? { status: 0, json: null })}`;
}

/** Another body that is valid as well: a number or a text of it is changed. */
function altered(body: unknown): unknown {
  if (typeof body === 'number') return body + 1;
  if (Array.isArray(body)) return body.map(altered);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, altered(value)]));
}
