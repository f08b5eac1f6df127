import type { Answer } from '../stage/ask.ts';
import type { Replica } from '../stage/replica.ts';
import type { Crew } from '../stage/crew.ts';
import { type Details, callOf } from './call.ts';
import { Declared } from './declared.ts';
import { type Operation, operationsOf, type WrittenDocument } from './document.ts';
import { type Resource, resourcesOf } from './resource.ts';
import type { Schemas } from './schema.ts';

/** The Authorization header of somebody, with these scopes. */
export type Bearer = (sub: string, scope: string) => string;

/** The API as its own document describes it, and a way to ask for what is described. */
export class Api {
  readonly document: WrittenDocument;
  readonly operations: readonly Operation[];
  readonly resources: readonly Resource[];
  readonly schemas: Schemas;
  readonly declared: Declared;
  private readonly crew: Crew;
  private readonly bearer: Bearer;

  private constructor(crew: Crew, bearer: Bearer, document: WrittenDocument) {
    this.crew = crew;
    this.bearer = bearer;
    this.document = document;
    this.operations = operationsOf(document);
    this.resources = resourcesOf(this.operations);
    this.schemas = document.components.schemas;
    this.declared = new Declared(document);
  }

  static async of(crew: Crew, bearer: Bearer): Promise<Api> {
    const { status, json } = await crew.both[0].ask('/openapi.json');
    if (status !== 200) throw new Error(`/openapi.json answers ${status}.`);
    return new Api(crew, bearer, json as WrittenDocument);
  }

  /** Every scope that any operation asks for. */
  get allScopes(): string {
    return [...new Set(this.operations.flatMap(({ scopes }) => scopes ?? []))].join(' ');
  }

  /** The Authorization header of somebody who may do everything that somebody may do. */
  as(sub: string): string {
    return this.bearer(sub, this.allScopes);
  }

  /** Of somebody who may do everything else. */
  asWithout(sub: string, scopes: readonly string[]): string {
    const others = this.allScopes.split(' ').filter((scope) => !scopes.includes(scope));
    return this.bearer(sub, others.join(' '));
  }

  /** Asks, and notes whether the answer is one that the document declares. */
  async call(operation: Operation, details: Details, replica: Replica = this.crew.both[0]): Promise<Answer> {
    const { path, ...question } = callOf(operation, details);
    const answer = await replica.ask(path, question);
    this.declared.note(operation, answer);
    return answer;
  }
}
