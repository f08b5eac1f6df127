/** The names that every object inherits, and the one that Nest's validation pipe removes. */
const isPassedOver = (name: string): boolean => name in Object.prototype || name === 'prototype';

/**
 * Why a text can't be the name of a field, or null. class-transformer passes over `constructor`, `toString` and their
 * kind: such a field would be dropped without a word instead of being refused.
 */
export const nameFault = (name: string): string | null => (isPassedOver(name) ? 'is not a known field' : null);
