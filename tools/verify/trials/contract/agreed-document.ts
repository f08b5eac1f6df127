import { isDeepStrictEqual } from 'node:util';
import { agreedDocument } from '../../api/agreed-document.ts';
import { field } from '../../stage/ask.ts';
import { allOf } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** Sabotages that this is for: another field, another status, another scope than those that a review has seen. */
export const AGREED_DOCUMENT: Trial = {
  promise: 'E5',
  says: 'The document that is served is the one that was agreed on',
  how: 'each path, schema and requirement of a token in /openapi.json against docs/openapi.json',

  run: async ({ api: { document }, options: { checkout } }) => {
    const agreed = await agreedDocument(checkout);
    const parts = [
      ['paths', document.paths, field(agreed, 'paths')],
      ['schemas', document.components.schemas, field(field(agreed, 'components'), 'schemas')],
      [
        'security schemes',
        document.components.securitySchemes ?? {},
        field(field(agreed, 'components'), 'securitySchemes'),
      ],
      ['document', { security: document.security }, { security: field(agreed, 'security') }],
    ] as const;
    const faults: string[] = [];
    const gaps: string[] = [];
    let count = 0;
    for (const [kind, served, known] of parts) {
      const names = new Set([...Object.keys(served), ...Object.keys(known ?? {})]);
      for (const name of names) {
        const [own, other] = [field(served, name), field(known, name)];
        if (other === undefined) gaps.push(`${name} of the ${kind} is not in docs/openapi.json: npm run docs`);
        else count += 1;
        if (other !== undefined && !isDeepStrictEqual(own, other)) faults.push(`${name} of the ${kind}`);
      }
    }
    return allOf(count, 'paths, schemas and requirements are the same', faults, gaps);
  },
};
