/** Plurals that no rule below gets right, by their last word. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    analyses: 'analysis',
    aliases: 'alias',
    biases: 'bias',
    bonuses: 'bonus',
    buses: 'bus',
    caches: 'cache',
    campuses: 'campus',
    children: 'child',
    criteria: 'criterion',
    crises: 'crisis',
    cookies: 'cookie',
    gases: 'gas',
    indices: 'index',
    knives: 'knife',
    leaves: 'leaf',
    lives: 'life',
    matrices: 'matrix',
    media: 'medium',
    men: 'man',
    mice: 'mouse',
    movies: 'movie',
    people: 'person',
    shelves: 'shelf',
    statuses: 'status',
    ties: 'tie',
    vertices: 'vertex',
    viruses: 'virus',
    wives: 'wife',
    women: 'woman',
  }),
);

/** Singulars that end in s. */
const NO_PLURAL = /(?:ss|us|is|news|series|species)$/;

/** The rules, the first that fits: `categories`, `addresses`, `boxes`, `heroes`, `reviews`. */
const RULES: readonly (readonly [ending: RegExp, singular: string])[] = [
  [/([^aeiou])ies$/, '$1y'],
  [/(ss|x|sh|ch|zz)es$/, '$1'],
  [/([^aeiou]o)es$/, '$1'],
  [/s$/, ''],
];

/** The singular of a plural in kebab-case, by its last word; null for what looks like no plural. */
export function singularOf(plural: string): string | null {
  const [, before = '', last = ''] = /^(.*-)?([^-]+)$/.exec(plural) ?? [];
  const irregular = IRREGULAR.get(last);
  if (irregular !== undefined) return before + irregular;
  if (NO_PLURAL.test(last)) return null;
  const rule = RULES.find(([ending]) => ending.test(last));
  return rule ? before + last.replace(...rule) : null;
}

/** What the plural of a singular would be: a proposal for whoever gave one. */
export function pluralOf(singular: string): string {
  const [, before = '', last = ''] = /^(.*-)?([^-]+)$/.exec(singular) ?? [];
  for (const [plural, of] of IRREGULAR) if (of === last) return before + plural;
  if (/[^aeiou]y$/.test(last)) return `${before}${last.slice(0, -1)}ies`;
  return `${singular}${/(?:s|x|z|sh|ch)$/.test(last) ? 'es' : 's'}`;
}
