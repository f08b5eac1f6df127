import { MalformedRequest, ValidationFailed, type FieldFault } from '#platform/errors';
import { nameFault } from './name-fault.js';
import { textFault } from './text-fault.js';

/** Deepest nesting of a body. */
export const JSON_DEPTH_MAX = 20;
/** Most object keys in a whole body: class-transformer's cost grows worse than linearly with unknown keys. */
export const JSON_KEYS_MAX = 500;
/** Most items in one array. */
export const JSON_ARRAY_ITEMS_MAX = 100;

const FAULTS_MAX = 20;

/**
 * Bounds the shape of a parsed body before anything else looks at it.
 * @throws MalformedRequest when the body is too deep, has too many keys, or too long an array
 * @throws ValidationFailed when a text in it can't be stored or a name can't be a field's, naming each
 */
export function checkJsonBounds(body: object): void {
  const walk = new JsonWalk();
  walk.visit(body, '#', 1);
  if (walk.faults.length > 0) throw new ValidationFailed(walk.faults);
}

class JsonWalk {
  readonly faults: FieldFault[] = [];
  private keys = 0;

  visit(value: unknown, pointer: string, depth: number): void {
    if (typeof value === 'string') this.note(textFault(value), pointer);
    if (typeof value !== 'object' || value === null) return;
    if (depth > JSON_DEPTH_MAX) throw new MalformedRequest(`The body is nested deeper than ${JSON_DEPTH_MAX} levels.`);
    if (Array.isArray(value)) this.visitArray(value, pointer, depth);
    else this.visitObject(value as Record<string, unknown>, pointer, depth);
  }

  private visitArray(items: readonly unknown[], pointer: string, depth: number): void {
    if (items.length > JSON_ARRAY_ITEMS_MAX) {
      throw new MalformedRequest(`An array of the body has more than ${JSON_ARRAY_ITEMS_MAX} items.`);
    }
    items.forEach((item, index) => this.visit(item, `${pointer}/${index}`, depth + 1));
  }

  private visitObject(members: Record<string, unknown>, pointer: string, depth: number): void {
    for (const key in members) {
      this.keys += 1;
      if (this.keys > JSON_KEYS_MAX) throw new MalformedRequest(`The body has more than ${JSON_KEYS_MAX} keys.`);
      this.note(nameFault(key), `${pointer}/${key}`);
      const value = members[key];
      if (typeof value === 'object' || typeof value === 'string') {
        this.visit(value, `${pointer}/${escapePointer(key)}`, depth + 1);
      }
    }
  }

  private note(detail: string | null, pointer: string): void {
    if (detail && this.faults.length < FAULTS_MAX) this.faults.push({ pointer, detail });
  }
}

/** RFC 6901, 3: `~` and `/` in a key are escaped. */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
