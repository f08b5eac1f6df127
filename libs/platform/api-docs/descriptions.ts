import type * as Library from '@nestjs/swagger';

export type { ApiPropertyOptions, ApiResponseMetadata, OpenAPIObject } from '@nestjs/swagger';

type Describe = 'ApiExtension' | 'ApiHeader' | 'ApiOperation' | 'ApiParam' | 'ApiProperty' | 'ApiResponse' | 'ApiTags';

/** What has been said of classes and their members since a document was made, in the order in which it was said. */
const unwritten: ((library: typeof Library) => void)[] = [];

/**
 * The library's decorator of this name, which is kept until a document is asked for. In production hardly anybody asks, and
 * the library would be five hundred files at every start.
 */
function noted<Name extends Describe>(name: Name): (typeof Library)[Name] {
  type Args = readonly unknown[];
  const describe =
    (...args: Args) =>
    (...target: Args): void =>
      void unwritten.push((library) => {
        const decorate = library[name] as (...given: Args) => (...given: Args) => void;
        decorate(...args)(...target);
      });
  return describe;
}

export const ApiExtension = noted('ApiExtension');
export const ApiHeader = noted('ApiHeader');
export const ApiOperation = noted('ApiOperation');
export const ApiParam = noted('ApiParam');
export const ApiProperty = noted('ApiProperty');
export const ApiResponse = noted('ApiResponse');
export const ApiTags = noted('ApiTags');

/** The library, which by now knows all that was said. */
export async function describedLibrary(): Promise<typeof Library> {
  const library = await import('@nestjs/swagger');
  for (const describe of unwritten.splice(0)) describe(library);
  return library;
}
