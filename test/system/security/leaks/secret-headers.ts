import type { Canaries } from './canaries.js';

/** Headers that may hold secrets although the store reads none of them, or not what is in them. */
export const secretHeaders = (canaries: Canaries): Readonly<Record<string, string>> => ({
  cookie: `session=${canaries.at('Cookie')}; theme=dark`,
  'x-api-key': canaries.at('x-api-key'),
  'proxy-authorization': `Basic ${canaries.at('Proxy-Authorization')}`,
  'x-amz-security-token': canaries.at('an unknown header'),
  'x-request-id': `${canaries.at('an insane x-request-id')} <script>`,
  traceparent: `00-${canaries.at('an insane traceparent')}-00f067aa0ba902b7-01`,
  tracestate: `vendor=${canaries.at('tracestate')}`,
  baggage: `user=${canaries.at('baggage')}`,
  referer: `https://shop.test/?session=${canaries.at('Referer')}`,
  'x-forwarded-for': canaries.at('x-forwarded-for'),
  'x-request-timeout-ms': canaries.at('x-request-timeout-ms'),
  'if-none-match': `"${canaries.at('If-None-Match')}"`,
});

/** Whoever wants to be let in and may not be, by what is wrong with the credentials. */
export function badCredentials(canaries: Canaries, foreign: string, expired: string): string[] {
  const basic = Buffer.from(`clerk:${canaries.at('a Basic password')}`).toString('base64');
  return [
    `Bearer ${canaries.at('a token that is none')}`,
    `Bearer ${canaries.keep('a token of another issuer', foreign)}`,
    `Bearer ${canaries.keep('a token that has expired', expired)}`,
    `Basic ${canaries.keep('Basic credentials', basic)}`,
    `${canaries.at('a scheme of Authorization')} x`,
    canaries.at('an Authorization without a scheme'),
  ];
}
