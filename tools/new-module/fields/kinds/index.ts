import type { FieldKind } from '../field.ts';
import { booleanKind } from './boolean.ts';
import { enumKind } from './enum.ts';
import { integerKind } from './integer.ts';
import { moneyKind } from './money.ts';
import { referenceKind } from './reference.ts';
import { stringKind } from './string.ts';
import { textKind } from './text.ts';
import { timestampKind } from './timestamp.ts';

export const FIELD_KINDS: readonly FieldKind[] = [
  stringKind,
  textKind,
  integerKind,
  moneyKind,
  booleanKind,
  timestampKind,
  enumKind,
  referenceKind,
];
