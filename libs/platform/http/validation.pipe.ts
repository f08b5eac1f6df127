import { ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ValidationFailed, type FieldFault } from '#platform/errors';
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
      exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors, '#')),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query') checkQuery(value as Record<string, unknown>);
    const valid: unknown = await this.read(value, metadata);
    if (demandsField(metadata.metatype)) checkNamesSomething(valid as object);
    const repeated = repeatedItems(valid, '#');
    if (repeated.length > 0) throw new ValidationFailed(repeated);
    return valid;
  }

  /** What is valid is read at once; of the rest class-validator tells what is wrong. */
  private read(value: unknown, metadata: ArgumentMetadata): unknown {
    const { metatype, type } = metadata;
    const read =
      metatype && (type === 'body' || type === 'query') ? readValid(metatype as Type<object>, value) : UNDECIDED;
    return read === UNDECIDED ? super.transform(value, metadata) : read;
  }
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
