import type { INestApplication } from '@nestjs/common';
import { describedLibrary, type OpenAPIObject } from '#platform/api-docs';
import { closeRequests } from './close-requests.js';
import { declareAccess } from './declare-access.js';
import { declareProblems } from './declare-problems.js';
import { ProblemResponse } from './problem.response.js';

export interface ApiDescription {
  readonly title: string;
  readonly description: string;
  readonly version: string;
}

/** The OpenAPI 3.1 document of an app, from its controllers and the errors that they declare. */
export async function buildDocument(
  app: INestApplication,
  { title, description, version }: ApiDescription,
): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await describedLibrary();
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This service')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemResponse],
    operationIdFactory: (_controller, method) => method,
  });
  declareAccess(document); // before the problems: a closed route may answer some more
  declareProblems(document);
  closeRequests(document);
  // OWASP API9 asks that a server says whom it is for: this is the public port.
  for (const server of document.servers ?? []) Object.assign(server, { 'x-internal': false });
  document.tags = tagsOf(document).map((name) => ({ name }));
  return document;
}

/** The tags that operations carry, as the document's own list. */
const tagsOf = ({ paths }: OpenAPIObject): string[] => {
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as { tags?: string[] }[]);
  return [...new Set(operations.flatMap((operation) => operation.tags ?? []))].sort();
};
