import { createRequire } from 'node:module';
import type * as Library from 'class-validator';

/**
 * The parts of class-validator that this service uses, each from its own file. The package's entry would load all of its
 * rules at every start, with the telephone numbers of the world: three hundred files, and 15 MB. What is missing here can be
 * added, or be imported from the package itself; all of them keep their declarations in one place.
 *
 * The files are no public interface of the package, whose version is pinned: where an update moves one, nothing starts,
 * no test and no build of the documents either.
 */
const load = createRequire(import.meta.url);

function part<Name extends keyof typeof Library>(name: Name, file: string): (typeof Library)[Name] {
  const found = (load(`class-validator/cjs/${file}.js`) as Partial<typeof Library>)[name];
  if (found === undefined) throw new Error(`class-validator has no ${name} in cjs/${file}.js`);
  return found;
}

export type { ValidationArguments, ValidationError, ValidationOptions } from 'class-validator';

export const ValidationTypes = part('ValidationTypes', 'validation/ValidationTypes');
export const getMetadataStorage = part('getMetadataStorage', 'metadata/MetadataStorage');
const validator = new (part('Validator', 'validation/Validator'))();
export const { validate, validateSync } = {
  validate: validator.validate.bind(validator),
  validateSync: validator.validateSync.bind(validator),
};

export const buildMessage = part('buildMessage', 'decorator/common/ValidateBy');
export const ValidateBy = part('ValidateBy', 'decorator/common/ValidateBy');
export const ValidateIf = part('ValidateIf', 'decorator/common/ValidateIf');
export const ValidateNested = part('ValidateNested', 'decorator/common/ValidateNested');
export const isIn = part('isIn', 'decorator/common/IsIn');
export const notEquals = part('notEquals', 'decorator/common/NotEquals');

export const ArrayMaxSize = part('ArrayMaxSize', 'decorator/array/ArrayMaxSize');
export const arrayMaxSize = part('arrayMaxSize', 'decorator/array/ArrayMaxSize');
export const ArrayMinSize = part('ArrayMinSize', 'decorator/array/ArrayMinSize');
export const arrayMinSize = part('arrayMinSize', 'decorator/array/ArrayMinSize');
export const ArrayNotEmpty = part('ArrayNotEmpty', 'decorator/array/ArrayNotEmpty');
export const IsArray = part('IsArray', 'decorator/typechecker/IsArray');
export const isArray = part('isArray', 'decorator/typechecker/IsArray');

export const isBoolean = part('isBoolean', 'decorator/typechecker/IsBoolean');
export const isDate = part('isDate', 'decorator/typechecker/IsDate');
export const maxDate = part('maxDate', 'decorator/date/MaxDate');
export const minDate = part('minDate', 'decorator/date/MinDate');
export const IsObject = part('IsObject', 'decorator/typechecker/IsObject');
export const isObject = part('isObject', 'decorator/typechecker/IsObject');

export const IsInt = part('IsInt', 'decorator/typechecker/IsInt');
export const isInt = part('isInt', 'decorator/typechecker/IsInt');
export const Max = part('Max', 'decorator/number/Max');
export const max = part('max', 'decorator/number/Max');
export const Min = part('Min', 'decorator/number/Min');
export const min = part('min', 'decorator/number/Min');

export const IsString = part('IsString', 'decorator/typechecker/IsString');
export const isString = part('isString', 'decorator/typechecker/IsString');
export const IsUrl = part('IsUrl', 'decorator/string/IsUrl');
export const IsUUID = part('IsUUID', 'decorator/string/IsUUID');
export const isISO4217CurrencyCode = part('isISO4217CurrencyCode', 'decorator/string/is-iso4217-currency-code');
export const matches = part('matches', 'decorator/string/Matches');
export const MaxLength = part('MaxLength', 'decorator/string/MaxLength');
