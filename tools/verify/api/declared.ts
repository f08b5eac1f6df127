import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Answer, field, toldBy } from '../stage/ask.ts';
import type { Operation, WrittenDocument } from './document.ts';
import type { Schema } from './schema.ts';

const DOCUMENT_ID = 'openapi.json';
const FAULTS_MAX = 50;

/** Whether answers are as the document declares them: status, media type, body, and the code of a problem. */
export class Declared {
  private readonly checked = new Map<string, number>();
  private readonly faults: { readonly operation: Operation; readonly fault: string }[] = [];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(document: WrittenDocument) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ $id: DOCUMENT_ID, ...document });
  }

  note(operation: Operation, answer: Answer): void {
    this.checked.set(operation.id, (this.checked.get(operation.id) ?? 0) + 1);
    const fault = this.faultOf(operation, answer);
    if (fault !== null && this.faults.length < FAULTS_MAX) this.faults.push({ operation, fault });
  }

  /** Whether a text keeps to the pattern of a schema. */
  accepts({ pattern = '' }: Schema, text: string): boolean {
    return this.ajv.validate({ pattern }, text);
  }

  /** How many answers of some operations were held against the document. */
  checkedOf(operations: readonly Operation[]): number {
    return operations.reduce((sum, { id }) => sum + (this.checked.get(id) ?? 0), 0);
  }

  /** What was not as declared, of some operations. */
  faultsOf(operations: readonly Operation[]): readonly string[] {
    const own = this.faults.filter(({ operation }) => operations.some(({ id }) => id === operation.id));
    return [...new Set(own.map(({ operation, fault }) => `${operation.id}: ${fault}`))];
  }

  private faultOf({ path, method, responses }: Operation, answer: Answer): string | null {
    const { status, headers, text, json } = answer;
    const declared = responses[status];
    if (!declared) return `${toldBy(answer)} is not declared`;
    if (!declared.content) return text === '' ? null : `${status} has a body`;
    const type = (headers.get('content-type') ?? '').replace(/;.*/, '');
    const content = declared.content[type];
    if (!content) return `${status} is of the type ${type}`;
    const at = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    const reference = `${DOCUMENT_ID}#${at.map(pointerPart).join('')}`;
    if (!this.ajv.validate({ $ref: reference }, json)) return `${toldBy(answer)}: ${this.ajv.errorsText()}`;
    const code = field(json, 'code');
    if (status < 400 || (typeof code === 'string' && code in (content.examples ?? {}))) return null;
    return `${toldBy(answer)} is no declared code`;
  }
}

const pointerPart = (name: string): string =>
  `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
