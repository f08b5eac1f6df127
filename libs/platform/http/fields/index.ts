export { ArrayField } from './array-field.js';
export { AtLeastOneField } from './at-least-one-field.js';
export { EnumField } from './choice-field.js';
export { MoneyResponse } from './money.response.js';
export { IntegerField, QueryIntegerField } from './number-field.js';
export { ObjectField } from './object-field.js';
export { CurrencyField, SlugField, TextField } from './text-field.js';
export { UuidField } from './uuid-field.js';
export { UuidParam } from './uuid-param.js';
