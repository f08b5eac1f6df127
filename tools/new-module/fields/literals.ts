import { kebabOf, snake } from '../names/names.ts';
import type { Code, FieldOrder } from './field.ts';

/** A text as Prettier writes it: in single quotes. */
export const text = (value: string): Code =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

/** A whole number, with its digits in groups where there are many. */
export const integer = (value: number): Code => value.toLocaleString('en-US').replaceAll(',', '_');

export const columnOf = (name: string): string => snake(kebabOf(name));
export const constantOf = (name: string): string => columnOf(name).toUpperCase();
export const wordsOf = (name: string): string => kebabOf(name).replaceAll('-', ' ');

/** The value of the entity: `review.visitedAt`. */
export const ofEntity = ({ names }: FieldOrder, member: string): Code => `${names.entityCamel}.${member}`;
export const same = (value: Code): Code => value;
