import { type Behaviour, type Exchange, pause, type Recommendation, written } from './exchange.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** What a stub can be told to do. */
export type Script = Behaviour;

/** Nobody listens: the stub closes its port. What it gets all the same is cut off. */
export const refuse: Behaviour = ({ response }) => void response.destroy();

/** The contract's answer. Items may depend on the product that is asked for. */
export const ok =
  (items: readonly Recommendation[] | ((productId: string) => readonly Recommendation[]) = []): Behaviour =>
  ({ response, productId, limit }) => {
    const all = typeof items === 'function' ? items(productId) : items;
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ items: all.slice(0, limit) }));
  };

/** As the other behaviour, so much later. */
export const slow =
  (ms: number, then: Behaviour = ok()): Behaviour =>
  async (exchange) => {
    await pause(exchange, ms);
    if (!exchange.gone.aborted) await then(exchange);
  };

/** Takes the request and says nothing, ever. */
export const blackHole: Behaviour = () => undefined;

/** A sound answer, so slowly that no time-out between two bytes ever strikes. */
export const dribble =
  (bytesPerSecond: number): Behaviour =>
  async (exchange) => {
    const body = JSON.stringify({ items: [], padding: 'x'.repeat(10_000) });
    exchange.response.writeHead(200, { ...JSON_TYPE, 'content-length': body.length }).flushHeaders();
    for (const byte of body) {
      await pause(exchange, 1_000 / bytesPerSecond);
      if (exchange.gone.aborted) return;
      await written(exchange, byte);
    }
    exchange.response.end();
  };

/** JSON of that many bytes, sound to the last. The length is not announced, so that it must be counted. */
export const huge =
  (bytes: number): Behaviour =>
  async (exchange) => {
    exchange.response.writeHead(200, JSON_TYPE);
    await written(exchange, '{"items":[');
    for (let left = bytes - 12; left > 0 && !exchange.gone.aborted; left -= CHUNK.length) {
      await written(exchange, CHUNK.subarray(0, Math.min(left, CHUNK.length)));
    }
    if (!exchange.gone.aborted) exchange.response.end(']}');
  };

/** What a proxy in between says when it is lost. */
export const html: Behaviour = ({ response }) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>It works!</title>');
};

/** A whole message whose JSON is not. */
export const truncatedJson: Behaviour = ({ response, productId }) => {
  response.writeHead(200, JSON_TYPE).end(`{"items":[{"productId":"${productId}","sco`);
};

export const redirect =
  (to: string): Behaviour =>
  ({ response }) => {
    response.writeHead(302, { location: to }).end();
  };

export const nulls: Behaviour = ({ response }) => {
  response.writeHead(200, JSON_TYPE).end('{"items":[null,{"productId":null,"score":null}]}');
};

export const wrongTypes: Behaviour = ({ response }) => {
  response.writeHead(200, JSON_TYPE).end('{"items":[{"productId":7,"score":"high"},{"productId":["a"],"score":{}}]}');
};

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  ({ response }) => {
    response.writeHead(code, { 'content-type': 'application/problem+json', ...headers }).end(`{"status":${code}}`);
  };

/**
 * A 500 in that share of the answers, without a pattern that retries could fall in step with; the same for each seed.
 * @param ratio 0 to 1
 */
export function errorRatio(ratio: number, otherwise: Behaviour = ok(), seed = 1): Behaviour {
  const random = randomFrom(seed);
  const failing = status(500);
  return (exchange: Exchange) => (random() < ratio ? failing(exchange) : otherwise(exchange));
}

/** A linear congruential generator with the constants of Numerical Recipes: good enough for a coin, and repeatable. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
