import { freshKey } from './idempotency-key.js';
import { storekeeper } from './tokens.js';

export interface RequestToWrite {
  readonly method?: string;
  /** As it stands in the request line: nothing is encoded. */
  readonly path: string;
  /** Over the usual ones; an empty value leaves the header out. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request as it goes over the wire: one that is well framed, unless its parts are not. */
export function requestBytes({ method = 'GET', path, headers = {}, body }: RequestToWrite): Buffer {
  const bytes = Buffer.from(body ?? '');
  const usual = {
    host: 'store.test',
    authorization: storekeeper(),
    ...(method === 'POST' && freshKey()),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(bytes.length) }),
  };
  const lines = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value ? [`${name}: ${value}`] : [],
  );
  const head = [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}
