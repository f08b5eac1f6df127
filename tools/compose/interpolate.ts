import { Refusal } from '../process/refusal.ts';

/** `${NAME}`, with what stands for a value that is absent (`-`, `?`), or absent or empty (`:-`, `:?`). */
const VARIABLE = /\$\{(\w+)(?:(:?)([-?])([^$}]*))?\}/g;

/**
 * A value of docker-compose.yml with its variables replaced, as Compose does. Nothing here nests them, or escapes a `$`.
 * @throws Refusal for a variable that the file demands, with the file's words
 */
export function interpolate(text: string, env: NodeJS.Dict<string>): string {
  return text.replaceAll(
    VARIABLE,
    (_, name: string, colon: string | undefined, operator: string | undefined, word: string | undefined) => {
      const value = env[name];
      if (value !== undefined && !(colon && value === '')) return value;
      if (operator === '?') throw new Refusal(`${name} is not set: ${word}.`);
      return word ?? '';
    },
  );
}
