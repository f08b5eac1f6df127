import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '#platform/api-docs';
import { Transform, Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from '#platform/validation';
import { declareField, type Reading } from './declared-fields.js';
import type { Rule } from './rule.js';

/** What every field may say of itself. */
export interface FieldOptions {
  readonly description?: string;
  /** May be absent. `null` is never the same as absent: it is refused. */
  readonly optional?: boolean;
}

/**
 * One field of a request: its rule at the edge and its description in OpenAPI from one declaration, so that the
 * document can't promise what the service doesn't check. The first rule that fails is the one that is told.
 */
export function field(
  options: FieldOptions,
  schema: ApiPropertyOptions,
  rules: readonly Rule[],
  { as, nested }: Reading = {},
): PropertyDecorator {
  const described = options.description === undefined ? schema : { ...schema, description: options.description };
  const optional = options.optional ?? false;
  return applyDecorators(
    ...(as ? [Transform(({ value }: { value: unknown }) => as(value))] : []),
    ...(optional ? [ValidateIf((_owner, value) => value !== undefined)] : []),
    ...(nested ? [Type(nested.classOf), ValidateNested({ each: nested.each })] : []),
    ...rules.map(({ decorator }) => decorator),
    ApiProperty({ ...described, required: !optional } as ApiPropertyOptions),
    declareField({ optional, rules: rules.map(({ holds }) => holds), as, nested }),
  );
}
