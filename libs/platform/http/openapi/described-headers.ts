import type { ApiResponseMetadata } from '#platform/api-docs';

export type DescribedHeaders = NonNullable<ApiResponseMetadata['headers']>;

const text = (description: string, example: string, maxLength = 256) => ({
  description,
  schema: { type: 'string' as const, maxLength, example },
});

export const retryAfter = (maximum: number) => ({
  description: 'Seconds.',
  schema: { type: 'integer' as const, format: 'int32', minimum: 1, maximum },
});

const REQUEST_ID: DescribedHeaders = {
  'x-request-id': {
    description: 'The one that was sent, if it was sane, else a new one. Every log line of the request has it.',
    schema: { type: 'string', maxLength: 128, pattern: '^[A-Za-z0-9._:-]{1,128}$' },
  },
};

const LIMITS: DescribedHeaders = {
  'RateLimit-Policy': text(
    'The limits that hold for you on this route: requests (q) in seconds (w).',
    '"default";q=6000;w=60',
  ),
  RateLimit: text('What is left of them: requests (r) until, in seconds, it starts anew (t).', '"default";r=5999;t=60'),
};

const CORS: DescribedHeaders = {
  'Access-Control-Allow-Origin': text(
    'The origin that asked, if it is on the list CORS_ORIGINS; else absent.',
    'https://shop.example.com',
  ),
};

const CHALLENGE: DescribedHeaders = {
  'WWW-Authenticate': text('What is wanting, by RFC 6750.', 'Bearer error="invalid_token"', 512),
};

/** The headers that an answer of this status has besides what is its own. */
export const headersOf = (status: number, { unlimited }: { unlimited: boolean }): DescribedHeaders => ({
  ...REQUEST_ID,
  ...(unlimited ? {} : LIMITS),
  ...CORS,
  ...(status === 401 || status === 403 ? CHALLENGE : {}),
});
