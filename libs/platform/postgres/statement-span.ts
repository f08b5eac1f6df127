import type { SpanAttributes, SpanDescription } from '#platform/tracing';

/** PostgreSQL's own port. */
const PORT = 5_432;

/** A statement by its name, with its text where that is ours. */
export interface ReportedStatement {
  readonly name: string;
  readonly text?: string;
}

/** The server, as each span of a statement names it; without user and password. */
export function serverOf(url: string | undefined): SpanAttributes {
  const server = url === undefined ? null : URL.parse(url);
  if (!server) return {};
  return {
    'db.namespace': server.pathname.slice(1) || undefined,
    'server.address': server.hostname || undefined,
    'server.port': Number(server.port) || PORT,
  };
}

/** Its values stay out, and so does nothing of its text: we have written it, with parameters in their place. */
export const statementSpanOf = ({ name, text }: ReportedStatement, server: SpanAttributes): SpanDescription => ({
  name,
  kind: 'client',
  attributes: { 'db.system.name': 'postgresql', 'db.query.summary': name, 'db.query.text': text, ...server },
});
