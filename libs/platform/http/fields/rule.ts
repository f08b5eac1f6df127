import { ValidateBy } from '#platform/validation';

/** What a field's value has to keep, and what is told of one that doesn't. */
export interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly decorator: PropertyDecorator;
}

/**
 * One predicate, asked twice: of every request, as it is; and of one that is refused by class-validator, which finds out all
 * that is wrong, and where.
 */
export function rule(
  name: string,
  message: string | ((value: unknown) => string),
  holds: (value: unknown) => boolean,
): Rule {
  const defaultMessage =
    typeof message === 'string' ? () => message : (args?: { value: unknown }) => message(args?.value);
  return { holds, decorator: ValidateBy({ name, validator: { validate: holds, defaultMessage } }) };
}
