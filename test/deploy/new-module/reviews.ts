/** What `npm run new:module` is told: a field of every type, and a product that it is about. */
export const REVIEWS = [
  'reviews',
  'headline:string',
  'body:text',
  'stars:integer',
  'price:money',
  'recommended:boolean',
  'boughtAt:timestamp',
  'mood:enum(delighted|content|cross)',
  'product:ref(catalog)',
] as const;
