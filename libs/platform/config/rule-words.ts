import { getMetadataStorage, ValidationTypes, type ValidationArguments } from '#platform/validation';
import type { SettingDeclaration, SettingsClass, SettingType } from './registry.js';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** What the type itself demands, and a word by which to see that another rule says so already. */
const DEMAND: Record<SettingType, { readonly words: string; readonly told: RegExp } | null> = {
  string: null,
  number: { words: 'must be a number', told: /\bnumber\b/ },
  boolean: { words: 'must be true or false', told: /\btrue or false\b/ },
  list: { words: 'must be a comma-separated list without empty items', told: /\bcomma-separated\b/ },
};

/**
 * All rules of a setting in words: `must be a whole number from 1 to 10`; empty when any text will do.
 * They are read from the declaration alone. class-validator's own messages may quote the value (`$value`, or a
 * message function that is given it), so none of those ever reaches a report.
 */
export function ruleWords(type: SettingsClass, setting: SettingDeclaration): string {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(type, '', false, false)
    .filter((rule) => rule.propertyName === setting.property && rule.type === ValidationTypes.CUSTOM_VALIDATION)
    .reverse() // decorators run from the bottom up, people read from the top down
    .map((rule) => wordsOf(rule, type));
  const demand = DEMAND[setting.type];
  if (demand && !rules.some((words) => demand.told.test(words))) rules.unshift(demand.words);
  return [...new Set(rules)].join(' and ');
}

function wordsOf(rule: Rule, type: SettingsClass): string {
  const given: ValidationArguments = {
    targetName: type.name,
    property: '$property',
    object: {},
    value: undefined,
    constraints: (rule.constraints as unknown[] | undefined) ?? [],
  };
  const words = templateOf(rule, given)
    .replace(/\$constraint(\d+)/g, (_, index: string) => constraintText(given.constraints[Number(index) - 1]))
    .replace(/\$value/g, 'the value')
    .replace(/\$target/g, type.name)
    .split('$property')
    .map((part) => part.trim())
    .join(' ')
    .replace(/^\s*each value in\s+/, 'each value ')
    .trim();
  return words || `must satisfy ${rule.name ?? rule.type}`;
}

function templateOf(rule: Rule, given: ValidationArguments): string {
  if (typeof rule.message === 'string') return rule.message;
  if (rule.message) return rule.message(given);
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  return constraint?.instance.defaultMessage?.(given) ?? '';
}

function constraintText(constraint: unknown): string {
  return Array.isArray(constraint) ? constraint.join(', ') : String(constraint);
}
