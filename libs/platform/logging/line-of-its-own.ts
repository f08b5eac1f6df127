/**
 * Marks the fields of a line of which there is one for each thing that it tells of, a request say: never suppressed, however
 * many come. It is no field itself.
 */
export const LINE_OF_ITS_OWN = Symbol('line of its own');

export const isOfItsOwn = (fields: unknown): boolean =>
  typeof fields === 'object' && fields !== null && LINE_OF_ITS_OWN in fields;
