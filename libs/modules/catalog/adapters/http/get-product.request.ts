import { EnumField } from '#platform/http';

export const INCLUDES = ['recommendations'] as const;
export type Include = (typeof INCLUDES)[number];

export class GetProductRequest {
  @EnumField({
    values: INCLUDES,
    example: 'recommendations',
    description: 'Adds what goes with the product. This answer has no ETag, and is never a 304.',
    optional: true,
  })
  include?: Include;
}
