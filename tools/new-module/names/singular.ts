/** Plurals that no rule below gets right, by their last word. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  (
    'aches:ache aliases:alias alibis:alibi analyses:analysis apis:api appendices:appendix atlases:atlas ' +
    'avalanches:avalanche axes:axis bases:basis biases:bias bikinis:bikini bonuses:bonus brownies:brownie ' +
    'buses:bus caches:cache calories:calorie calves:calf campuses:campus canoes:canoe canvases:canvas ' +
    'censuses:census children:child choruses:chorus circuses:circus collies:collie consensuses:consensus ' +
    'cookies:cookie corpuses:corpus creches:creche crises:crisis criteria:criterion curricula:curriculum ' +
    'diagnoses:diagnosis elves:elf emojis:emoji feet:foot foci:focus focuses:focus foes:foe gases:gas ' +
    'geese:goose genies:genie gurus:guru haikus:haiku halves:half headaches:headache hoes:hoe hoodies:hoodie ' +
    'hooves:hoof hypotheses:hypothesis indices:index irises:iris kiwis:kiwi knives:knife leaves:leaf lenses:lens ' +
    'lives:life loaves:loaf matrices:matrix media:medium men:man menus:menu mice:mouse moustaches:moustache ' +
    'movies:movie niches:niche oases:oasis oboes:oboe octopuses:octopus oxen:ox parentheses:parenthesis ' +
    'people:person phenomena:phenomenon pies:pie pluses:plus prairies:prairie prospectuses:prospectus ' +
    'psyches:psyche quiches:quiche quizzes:quiz radii:radius rookies:rookie safaris:safari scarves:scarf ' +
    'selfies:selfie selves:self shelves:shelf shoes:shoe skis:ski smoothies:smoothie statuses:status ' +
    'stimuli:stimulus surpluses:surplus syllabuses:syllabus syntheses:synthesis taxis:taxi teeth:tooth ' +
    'theses:thesis thieves:thief ties:tie tiptoes:tiptoe toes:toe tsunamis:tsunami veggies:veggie ' +
    'vertices:vertex viruses:virus vortices:vortex walruses:walrus whizzes:whiz wikis:wiki wives:wife woes:woe ' +
    'wolves:wolf women:woman zombies:zombie'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [plural: string, singular: string]),
);

/** Singulars that end in s, and those of the table do as well. */
const NO_PLURAL = /(?:ss|us|is|news|series|species)$/;

const SINGULARS: ReadonlySet<string> = new Set(IRREGULAR.values());

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
  if (NO_PLURAL.test(last) || SINGULARS.has(last)) return null;
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
