import type { Names } from '../names/names.ts';

export type KindName = 'string' | 'text' | 'integer' | 'money' | 'boolean' | 'timestamp' | 'enum' | 'ref';

/** Source text: a literal or an expression of TypeScript, to be written as it is. */
export type Code = string;

/** A CHECK: its expression in the migration, and as text of a template literal beside the row. */
export interface Check {
  readonly sql: string;
  readonly inRow: Code;
}

/** A column of the module's table. */
export interface Column {
  readonly name: string;
  /** `varchar(200)`; every column is NOT NULL. */
  readonly sqlType: string;
  /** What stands in `@Column(…)`. */
  readonly options: Code;
  readonly type: Code;
  /** Why it is as it is; absent where that is plain. */
  readonly comment?: string;
  readonly check?: Check;
  /** The column's value, of the entity. */
  readonly value: Code;
  /** The same, of the builder's entity. */
  readonly sample: Code;
  /** Assignments of SQL that the check refuses. */
  readonly broken: readonly string[];
}

/** A value that the edge refuses, and where the problem points to, after the field's own pointer. */
export interface Refused {
  readonly value: Code;
  readonly at?: string;
}

/** One field of the aggregate: what each layer says of it. */
export interface Field {
  readonly kind: KindName;
  /** The member's name, in the domain and on the wire: `visitedAt`, `productId`. */
  readonly name: string;
  readonly words: string;
  readonly type: Code;
  /** Constants and types of `<entity>.state.ts`; empty where there are none. */
  readonly declarations: readonly Code[];
  /** The sentence of the member; absent where its type says all. */
  readonly comment?: string;
  /** A function of an unknown value. */
  readonly fits: Code;
  readonly columns: readonly Column[];
  /** The value, of a row. */
  readonly restored: Code;
  /** A copy of the entity's value; absent where the value is none that could be written to. */
  readonly copied?: Code;
  /** The value as JSON keeps it, its type, and the value again; absent where JSON keeps it as it is. */
  readonly json?: { readonly type: Code; readonly written: Code; readonly read: Code };
  readonly request: {
    readonly decorator: string;
    /** The options of the decorator; those of a new request and of a change are the same. */
    readonly options: readonly Code[];
    /** What stands in front of the options. */
    readonly first?: Code;
    readonly type: Code;
    /** May be left out when the entity is made: then this is what it is. */
    readonly absent?: Code;
    /** The value of the domain, of an expression. */
    readonly read: (value: Code) => Code;
  };
  readonly response: {
    readonly options: Code;
    readonly type: Code;
    readonly written: Code;
  };
  /** Literals of the domain: the builder's value, and another one. */
  readonly sample: Code;
  readonly other: Code;
  readonly largest: Code;
  readonly smallest: Code;
  /** The sample and the other, on the wire. */
  readonly wireSample: Code;
  readonly wireOther: Code;
  readonly refused: readonly Refused[];
  /** What the aggregate refuses, and a cache is not believed: of another kind, or just out of its bounds. As JSON writes it. */
  readonly unsound: readonly Code[];
  /** The value of the n-th sample. */
  readonly seeded: Code;
}

/** What a kind is told about the field that it makes. */
export interface FieldOrder {
  readonly names: Names;
  /** As given: `visitedAt`. */
  readonly name: string;
  /** What stood in the parentheses; null without. */
  readonly parameter: string | null;
  /** The place among all fields, from 0: samples begin with it. */
  readonly place: number;
  /** The fields before it, whose samples are taken. */
  readonly earlier: readonly Field[];
}

/** A kind of field; `make` gives sentences instead where the parameter is none of this kind. */
export interface FieldKind {
  readonly name: KindName;
  /** As the help shows it. */
  readonly syntax: string;
  readonly make: (order: FieldOrder) => Field | FieldFaults;
}

export class FieldFaults {
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    this.sentences = sentences;
  }
}
