import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '#platform/api-docs';
import { ValidationFailed } from '#platform/errors';
import { UUID } from './uuid.js';

@Injectable()
class UuidPipe implements PipeTransform<string, string> {
  constructor(private readonly name: string) {}

  transform(value: string): string {
    if (UUID.test(value)) return value.toLowerCase();
    throw new ValidationFailed([{ pointer: `#/${this.name}`, detail: 'must be a UUID' }]);
  }
}

/** A UUID in the path; anything else is a 400 that names the parameter. */
export const UuidParam = (name: string): ParameterDecorator => {
  const bind = Param(name, new UuidPipe(name));
  return (target, method, index) => {
    bind(target, method, index);
    const descriptor = method && Object.getOwnPropertyDescriptor(target, method);
    if (!method || !descriptor) return;
    ApiParam({ name, schema: { type: 'string', format: 'uuid', maxLength: 36 } })(target, method, descriptor);
  };
};
