/** The length that a parameter names, or the default one; null for what is no length up to `max`. */
export function lengthIn(parameter: string | null, byDefault: number, max: number): number | null {
  if (parameter === null) return byDefault;
  const length = /^[1-9]\d{0,5}$/.test(parameter) ? Number(parameter) : 0;
  return length >= 1 && length <= max ? length : null;
}
