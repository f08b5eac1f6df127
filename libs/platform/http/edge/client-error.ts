import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { AppError } from '#kernel/app-error';
import { newRequestContext } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { HeadersTooLarge, MalformedRequest, PROBLEM_CONTENT_TYPE, problemOf, RequestTimedOut } from '#platform/errors';
import type { RequestPipeline } from './request-pipeline.js';
import { API_HEADERS } from './security-headers.js';
import { sendProblem } from './send-problem.js';

interface ClientError extends Error {
  readonly code?: string;
}

/**
 * Answers what Node's HTTP parser refuses: a malformed request, headers that are too large, a request that arrives
 * too slowly. No hook and no filter ever sees these; without this they would be empty answers that nobody counts.
 */
export function answerClientError(pipeline: RequestPipeline, cause: ClientError, socket: Socket): void {
  if (cause.code === 'ECONNRESET' || !socket.writable || pipeline.answeredEarly.isArrivingOn(socket)) {
    socket.destroy();
    return;
  }
  const error = refusalOf(cause);
  const reply = pipeline.replyOn(socket);
  if (!reply) {
    writeBareProblem(pipeline, error, socket);
    return;
  }
  // Nothing may follow on this connection. A request that had arrived whole is not at fault for what came after it: it
  // may have been carried out, and gets its own answer.
  reply.raw.once('finish', () => socket.destroySoon());
  if (!reply.raw.headersSent) reply.header('connection', 'close');
  if (!reply.request.raw.complete) sendProblem(reply, error);
}

/**
 * Takes over what Node else decides by itself, past every hook: an expectation that it does not know would get an empty
 * 417 (it may be ignored: RFC 9110, 10.1.1), and CONNECT a connection that closes without a word.
 */
export function answerUnusualRequests(pipeline: RequestPipeline, server: Server, bodyLimitBytes: number): void {
  server.on('checkContinue', (request, response) => {
    // A client that asks first is not invited to send what is refused, for its length or for want of room.
    const tooLarge = Number(request.headers['content-length']) > bodyLimitBytes;
    if (!tooLarge && !pipeline.wouldRefuse(request.method ?? '')) response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, stream) => {
    const socket = stream as Socket; // a server without TLS gives nothing else
    socket.on('error', () => socket.destroy()); // Node has taken its own listener away
    writeBareProblem(pipeline, new MalformedRequest('This service is not a proxy.'), socket);
  });
}

function refusalOf(cause: ClientError): AppError {
  switch (cause.code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new HeadersTooLarge('The header fields are larger than this service reads.', { cause });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestTimedOut('The request did not arrive in time.', { cause });
    default:
      return new MalformedRequest('This is not well-formed HTTP.', { cause });
  }
}

function writeBareProblem(pipeline: RequestPipeline, error: AppError, socket: Socket): void {
  const context = newRequestContext({ deadline: new Deadline(0), clientAddress: socket.remoteAddress ?? '' });
  context.errorCode = error.code;
  const problem = problemOf(error, { url: '', requestId: context.requestId, traceId: context.traceId });
  const body = JSON.stringify(problem);
  const safety = Object.entries(API_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n` +
      `content-type: ${PROBLEM_CONTENT_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `${safety.join('')}x-request-id: ${context.requestId}\r\nconnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
  pipeline.tellUnparsed(problem.status, context);
}
