import type { Field } from '../fields/field.ts';
import type { RenderedFile } from './render-module.ts';
import { twiceDeclaredIn } from './twice-declared.ts';

/**
 * Fields that would bring a name which the module has already, by another field or in every module: the bound
 * `TITLE_LENGTH_MAX` of a `title` and of a `titleLength`, or a `told` beside the method of the aggregate.
 */
export function clashesOfFields(files: readonly RenderedFile[], fields: readonly Field[]): readonly string[] {
  const twice = new Set(files.filter(({ path }) => path.endsWith('.ts')).flatMap(({ text }) => twiceDeclaredIn(text)));
  return [...twice].map((name) => {
    const bringing = fields.filter((field) => field.name === name || declares(field, name)).map((field) => field.name);
    const who = bringing.length > 0 ? bringing.join(', ') : 'The fields';
    return `${who}: the module would have two things called ${name}; choose another name for ${bringing.length > 1 ? 'one of them' : 'it'}.`;
  });
}

const declares = ({ declarations }: Field, name: string): boolean =>
  declarations.some((code) => /^export (?:const|type) (\w+)/.exec(code)?.[1] === name);
