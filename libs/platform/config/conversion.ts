import type { SettingType, SettingValue } from './registry.js';

/** Reads the text as the type; undefined when it is none. Strict on purpose: `1e3`, `0x10`, `yes` are refused. */
export function convert(text: string, type: SettingType): SettingValue | undefined {
  switch (type) {
    case 'string':
      return text;
    case 'number':
      return toNumber(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'list':
      return toList(text);
  }
}

function toNumber(text: string): number | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  // Beyond 2^53 the number that is used would not be the one that was written.
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

function toList(text: string): readonly string[] | undefined {
  const items = text.split(',').map((item) => item.trim());
  return items.includes('') ? undefined : Object.freeze(items);
}
