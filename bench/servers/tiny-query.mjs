/** What is asked of the routes that do nothing: as any route's query it is validated, and nobody ever gives it. */
import 'reflect-metadata';
import { Query } from '@nestjs/common';
import { EnumField } from '#platform/http';

class TinyQuery {}
EnumField({ values: ['something'], example: 'something', description: 'Never given.', optional: true })(
  TinyQuery.prototype,
  'include',
);

/** The first parameter of a controller's method, as its decorator and its type would say. */
export function takesTinyQuery(controller, method) {
  Query()(controller.prototype, method, 0);
  Reflect.defineMetadata('design:paramtypes', [TinyQuery], controller.prototype, method);
}
