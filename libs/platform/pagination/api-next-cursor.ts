import { ApiProperty } from '#platform/api-docs';
import { CURSOR_LENGTH_MAX } from './cursor-codec.js';

/** Describes `nextCursor` of a page in the OpenAPI document. */
export const ApiNextCursor = (): PropertyDecorator =>
  ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: CURSOR_LENGTH_MAX,
    example: null,
    description: 'Give it as `cursor` to get the next page; null on the last one.',
  });
