import type { SpanDescription } from '#platform/tracing';
import type { RedisSettings } from './redis.settings.js';

/** Redis' own port. */
const PORT = 6_379;

/** One call, by what it is for: keys and values stay out. */
export function redisSpanOf(operation: string, { url }: Pick<RedisSettings, 'url'>): SpanDescription {
  const server = url === undefined ? null : URL.parse(url);
  return {
    name: operation,
    kind: 'client',
    attributes: {
      'db.system.name': 'redis',
      'db.query.summary': operation,
      'server.address': server?.hostname,
      'server.port': Number(server?.port) || PORT,
    },
  };
}
