import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

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
  rules: readonly PropertyDecorator[],
): PropertyDecorator {
  const described = options.description === undefined ? schema : { ...schema, description: options.description };
  return applyDecorators(
    ...(options.optional ? [ValidateIf((_owner, value) => value !== undefined)] : []),
    ...rules,
    ApiProperty({ ...described, required: !options.optional } as ApiPropertyOptions),
  );
}
