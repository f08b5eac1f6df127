import type { Type } from '@nestjs/common';

const demanding = new Set<unknown>();

/** On a request class whose fields are all optional: a request that names none of them is refused. */
export const AtLeastOneField = (): ClassDecorator => (type) => void demanding.add(type);

/** Whether the class demands a field. */
export const demandsField = (type: unknown): boolean => demanding.has(type);

/** The names of all such classes, which are the names of their schemas in OpenAPI. */
export const namesOfDemanding = (): ReadonlySet<string> => new Set([...demanding].map((type) => (type as Type).name));
