import type { SettingsClass } from './registry.js';

export interface SettingsPairDeclaration {
  readonly type: SettingsClass;
  /** A variable of the class. */
  readonly variable: string;
  /** What belongs to it, of any class; or of none here, where who reads it is not a part of this service. */
  readonly partner: string;
  /** What becomes of the one without the other: fixed text that continues a colon. */
  readonly otherwise: string;
}

const pairs: SettingsPairDeclaration[] = [];

/**
 * Says that a variable of the class is of little use without another. Alone it is no fault: the service starts, and says
 * so in a line of its log.
 */
export function SettingsPair(pair: Omit<SettingsPairDeclaration, 'type'>) {
  return (type: SettingsClass): void => void pairs.push(Object.freeze({ ...pair, type }));
}

/** One line for each variable that is set without its partner. Names only, never values. */
export function lonelySettings(env: NodeJS.ProcessEnv): readonly string[] {
  return pairs
    .filter(({ variable, partner }) => isSet(env, variable) && !isSet(env, partner))
    .map(({ variable, partner, otherwise }) => `${variable} is set without ${partner}: ${otherwise}.`)
    .sort();
}

/** For the docs, as sentences without a full stop. */
export const pairsOf = (type: SettingsClass): readonly string[] =>
  pairs
    .filter((pair) => pair.type === type)
    .map(
      ({ variable, partner, otherwise }) => `${variable} without ${partner} is pointed out at the start: ${otherwise}`,
    );

/** A value, or a file that holds one; empty is absent. */
const isSet = (env: NodeJS.ProcessEnv, variable: string): boolean =>
  [variable, `${variable}_FILE`].some((name) => (env[name]?.trim() ?? '') !== '');
