import { createRequire } from 'node:module';
import type { Dispatcher, Pool as UndiciPool } from 'undici';

/**
 * The parts of undici that a {@link JsonClient} uses, each from its own file: the package's entry would load its browser's
 * `fetch`, its WebSocket, its caches and its mocks too, a hundred files at every start. The files are no public interface of
 * the package, whose version is pinned: where an update moves one, nothing starts, and no test runs.
 */
const load = createRequire(import.meta.url);

const PlainPool = load('undici/lib/dispatcher/pool.js') as typeof UndiciPool;
const request = load('undici/lib/api/api-request.js') as Request;

type Request = (
  this: UndiciPool,
  options: Dispatcher.RequestOptions & { readonly path: string },
) => Promise<Dispatcher.ResponseData>;

/** Connections to one origin, and questions over them. */
export class Pool extends PlainPool {}

// As the package's entry does, for all of its dispatchers and questions.
Object.assign(Pool.prototype, { request });
