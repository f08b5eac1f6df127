import { ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import { asAppError, ValidationFailed, type FieldFault } from '#platform/errors';
import { validate, type ValidationError } from '#platform/validation';
import { escapePointer } from './body/json-bounds.js';
import { nameFault } from './body/name-fault.js';
import { textFault } from './body/text-fault.js';
import { demandsField } from './fields/at-least-one-field.js';
import { readValid, UNDECIDED } from './fields/read-valid.js';
import { repeatedItems } from './fields/unique-items.js';

/** Strict at the edge: unknown fields are refused and not dropped, and nothing is converted that did not ask for it. */
export class StrictValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      validatorPackage: { validate: (object, options) => validate(object as object, options) },
      exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors, '#')),
    });
  }

  /** At once what is valid, since Nest awaits what need be no promise; else one that rejects, or of class-validator's word. */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      const read = this.read(value, metadata);
      if (read !== UNDECIDED) return read as Promise<unknown>;
    } catch (error) {
      return Promise.reject(asAppError(error));
    }
    return super.transform(value, metadata).then((valid: unknown) => checked(valid, metadata));
  }

  private read(value: unknown, metadata: ArgumentMetadata): unknown {
    const { metatype, type } = metadata;
    if (type === 'query') checkQuery(value as Record<string, unknown>);
    // A text in the path: a pipe of its own has the say.
    if (type === 'param' && metatype === String && typeof value === 'string') return value;
    const isRequest = metatype !== undefined && (type === 'body' || type === 'query');
    const read = isRequest ? readValid(metatype as Type<object>, value) : UNDECIDED;
    return read === UNDECIDED ? UNDECIDED : checked(read, metadata);
  }
}

/** What class-validator has no words for. @throws ValidationFailed */
function checked(valid: unknown, { metatype }: ArgumentMetadata): unknown {
  if (demandsField(metatype)) checkNamesSomething(valid as object);
  const repeated = repeatedItems(valid, '#');
  if (repeated.length > 0) throw new ValidationFailed(repeated);
  return valid;
}

/** A body's names and texts are checked where it is parsed; a query's here. */
function checkQuery(query: Record<string, unknown>): void {
  const faults: FieldFault[] = [];
  for (const [name, value] of Object.entries(query)) {
    const detail = nameFault(name) ?? (typeof value === 'string' ? textFault(value) : 'must be given once');
    if (detail) faults.push({ pointer: `#/${escapePointer(name)}`, detail });
  }
  if (faults.length > 0) throw new ValidationFailed(faults);
}

function checkNamesSomething(request: object): void {
  if (Object.values(request).some((value) => value !== undefined)) return;
  throw new ValidationFailed([{ pointer: '#', detail: 'must name at least one field' }]);
}

function faultsOf(errors: readonly ValidationError[], parent: string): FieldFault[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      pointer,
      detail: rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, error.property),
    }));
    return [...own, ...faultsOf(error.children ?? [], pointer)];
  });
}

/** class-validator begins its messages with the property's name, which the pointer already tells. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
