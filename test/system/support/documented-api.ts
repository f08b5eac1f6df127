import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { RawAnswer } from './raw-connection.js';

interface MediaType {
  readonly examples?: Readonly<Record<string, unknown>>;
}
interface DeclaredResponse {
  readonly content?: Readonly<Record<string, MediaType>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, DeclaredResponse>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const DOCUMENT_ID = 'openapi.json';
const pointer = (...names: string[]): string =>
  names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** What a store's own /openapi.json says, and whether the store keeps to it. */
export class DocumentedApi {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  private constructor(readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ $id: DOCUMENT_ID, ...document });
  }

  static async of(storeUrl: string): Promise<DocumentedApi> {
    const response = await fetch(`${storeUrl}/openapi.json`);
    return new DocumentedApi((await response.json()) as Document);
  }

  /** `POST /v1/products/{id}/activate`, for each operation. */
  get operations(): readonly string[] {
    return Object.entries(this.document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** Demands that the operation declares the answer's status, media type, body and, of a problem, its code. */
  expectDeclared(operation: string, answer: RawAnswer): void {
    const [method = '', path = ''] = operation.toLowerCase().split(' ');
    const { status, headers, body } = answer;
    const declared = this.document.paths[path]?.[method]?.responses[status];
    const told = `${operation} answers ${status} ${headers['content-type']}: ${body.slice(0, 500)}`;
    if (!declared) throw new Error(`Not declared: ${told}`);
    if (!declared.content) {
      expect({ told, body }).toEqual({ told, body: '' });
      return;
    }
    const mediaType = (headers['content-type'] ?? '').replace(/;.*/, '');
    const content = declared.content[mediaType];
    if (!content) throw new Error(`Not of a declared type: ${told}`);
    const schema = pointer('paths', path, method, 'responses', String(status), 'content', mediaType, 'schema');
    expect({ told, faults: this.faultsOf(schema, JSON.parse(body)) }).toEqual({ told, faults: [] });
    if (status >= 400)
      expect({ told, codes: Object.keys(content.examples ?? {}) }).toEqual(declaringCodeOf(answer, told));
  }

  private faultsOf(schema: string, value: unknown): unknown {
    return this.ajv.validate({ $ref: `${DOCUMENT_ID}#${schema}` }, value) ? [] : this.ajv.errors;
  }
}

const declaringCodeOf = ({ body }: RawAnswer, told: string): unknown => {
  const { code } = JSON.parse(body) as { code: string };
  return { told, codes: expect.arrayContaining([code]) };
};
