import type { FastifyInstance, FastifyRequest } from 'fastify';
import { appError } from '#kernel/app-error';
import { ValidationFailed, type FieldFault } from '#platform/errors';
import { LEVEL_SECONDS, RUNTIME_LEVELS, type LogLevel, type RuntimeLevel } from '#platform/logging';

const AGENT_LENGTH_MAX = 64;

export class BrowserRequest extends appError({
  code: 'platform.browser-request',
  kind: 'forbidden',
  title: 'Nothing is changed here from a browser',
  remedy: 'Send the request with curl, or whatever else is no web page.',
}) {
  constructor() {
    super('This request comes from a web page, and what changes the service is for operators alone.');
  }
}

interface Wish {
  readonly level: RuntimeLevel;
  readonly forSeconds: number;
}

/** `GET` and `PUT /log-level`: more words from one replica, for a while and without a restart. */
export function addLogLevelRoutes(server: FastifyInstance, logLevel: LogLevel): void {
  // Fastify reads text by itself, which a page of another site may send without asking first.
  server.removeContentTypeParser('text/plain');
  server.get('/log-level', () => logLevel.state);
  server.put('/log-level', { onRequest: refuseBrowsers }, (request) => {
    const { level, forSeconds } = wishIn(request.body);
    logLevel.set(level, forSeconds, { clientAddress: request.ip, userAgent: agentOf(request) });
    return logLevel.state;
  });
}

/**
 * A page that an operator has open must not reach in here. A browser asks first (a preflight, which nobody answers), except
 * for a page of ours: so whatever says that it is a page is refused, ours included. (One that a rebound name would make ours
 * does not come so far.)
 */
function refuseBrowsers({ headers }: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  const isPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  done(isPage ? new BrowserRequest() : undefined);
}

/** @throws ValidationFailed */
function wishIn(body: unknown): Wish {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ValidationFailed([{ pointer: '#', detail: 'must be an object' }]);
  }
  const { level, forSeconds = LEVEL_SECONDS.default, ...others } = body as Readonly<Record<string, unknown>>;
  const faults: FieldFault[] = Object.keys(others).map((name) => ({ pointer: `#/${name}`, detail: 'is not known' }));
  if (!isLevel(level)) faults.push({ pointer: '#/level', detail: `must be one of: ${RUNTIME_LEVELS.join(', ')}` });
  if (!isDuration(forSeconds)) {
    faults.push({ pointer: '#/forSeconds', detail: `must be a whole number from 1 to ${LEVEL_SECONDS.max}` });
  }
  if (faults.length > 0 || !isLevel(level) || !isDuration(forSeconds)) throw new ValidationFailed(faults);
  return { level, forSeconds };
}

const isLevel = (value: unknown): value is RuntimeLevel => RUNTIME_LEVELS.some((level) => level === value);

const isDuration = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LEVEL_SECONDS.max;

/** What the caller says it is. */
const agentOf = ({ headers }: FastifyRequest): string | undefined => headers['user-agent']?.slice(0, AGENT_LENGTH_MAX);
