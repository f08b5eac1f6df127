import { ArrayMaxSize, ArrayNotEmpty, MaxLength } from '#platform/validation';
import {
  DurationMs,
  DurationSeconds,
  OneOf,
  RuntimeSettings,
  Setting,
  Settings,
  SettingsRule,
  Url,
} from '#platform/config';
import { isPlainAddress, isTamperProof } from './keys/key-set-address.js';

/** Signatures that are made with a private key. A shared secret (HS256) would let every service that checks also sign. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const JWT_VARIABLES = ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL'];

@SettingsRule<JwtSettings>({
  variable: 'JWKS_URL',
  rule: 'must be https in production, or http to this machine itself: who can change the keys can sign any token',
  holds: ({ jwksUrl }, get) =>
    jwksUrl === undefined || !get(RuntimeSettings).isProduction || isTamperProof(new URL(jwksUrl)),
})
@SettingsRule<JwtSettings>({
  variable: 'JWKS_URL',
  rule: 'must have no user name, password or fragment: none would be sent',
  holds: ({ jwksUrl }) => jwksUrl === undefined || isPlainAddress(new URL(jwksUrl)),
})
@SettingsRule<JwtSettings>({
  variable: 'JWT_ISSUER',
  dependsOn: ['JWT_AUDIENCE', 'JWKS_URL'],
  rule: `must be set together with JWT_AUDIENCE and JWKS_URL, or none of them`,
  holds: ({ issuer, audience, jwksUrl }) =>
    new Set([issuer, audience, jwksUrl].map((one) => one === undefined)).size === 1,
})
@SettingsRule<JwtSettings>({
  variable: 'JWKS_STALE_SECONDS',
  dependsOn: ['JWKS_MAX_AGE_SECONDS'],
  rule: 'must not be shorter than JWKS_MAX_AGE_SECONDS',
  holds: ({ staleSeconds, maxAgeSeconds }) => staleSeconds >= maxAgeSeconds,
})
@Settings({
  section: 'Access tokens',
  description: `Who may ask: JWT access tokens (RFC 9068) of one issuer. ${JWT_VARIABLES.join(', ')} go together; without them no token is valid, and each route that needs one refuses.`,
})
export class JwtSettings {
  @Setting('JWT_ISSUER', {
    description: 'The issuer whose tokens are accepted: the `iss` claim, letter for letter.',
    requiredInProduction: true,
    example: 'https://login.example.com/',
  })
  @MaxLength(512)
  readonly issuer?: string;

  @Setting('JWT_AUDIENCE', {
    description: 'What this service is called in the `aud` claim: a token for another service is not for this one.',
    requiredInProduction: true,
    example: 'https://store.example.com',
  })
  @MaxLength(512)
  readonly audience?: string;

  @Setting('JWKS_URL', {
    description:
      'Where the issuer publishes its public keys, as a JSON Web Key Set (RFC 7517). A `file:` URL serves development.',
    requiredInProduction: true,
    example: 'https://login.example.com/.well-known/jwks.json',
  })
  @Url({ protocols: ['https', 'http', 'file'] })
  readonly jwksUrl?: string;

  @Setting('JWT_ALGORITHMS', {
    description: 'Signature algorithms that are accepted. None with a shared secret can be chosen.',
    default: ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'],
  })
  @OneOf(ALGORITHMS, { each: true })
  @ArrayNotEmpty()
  readonly algorithms!: string[];

  @Setting('JWT_TYPES', {
    description:
      'Values of the `typ` header that are accepted: `at+jwt` is an access token by RFC 9068, and nothing else is. Some ' +
      'issuers still write `JWT`, also into ID tokens: add it only where their audiences differ.',
    default: ['at+jwt'],
  })
  @OneOf(['at+jwt', 'JWT'], { each: true })
  @ArrayNotEmpty()
  @ArrayMaxSize(2)
  readonly types!: string[];

  @Setting('JWT_CLOCK_SKEW_SECONDS', {
    description: 'How far the clocks of the issuer and this machine may differ, for `exp` and `nbf`.',
    default: 5,
  })
  @DurationSeconds({ min: 0, max: 60 })
  readonly clockSkewSeconds!: number;

  @Setting('JWKS_TIMEOUT_MS', {
    description: 'The longest that fetching the keys takes, a second attempt included.',
    default: 2_000,
  })
  @DurationMs({ min: 50, max: 10_000 })
  readonly timeoutMs!: number;

  @Setting('JWKS_MAX_AGE_SECONDS', {
    description: 'Keys older than this are fetched anew in the background; so long a key that was withdrawn is good.',
    default: 600,
  })
  @DurationSeconds({ min: 10, max: 86_400 })
  readonly maxAgeSeconds!: number;

  @Setting('JWKS_COOLDOWN_SECONDS', {
    description:
      'Fetches for the sake of a key that nobody knows come once in so long, and up to 3 after a quiet time: anyone can ' +
      'make up such a key.',
    default: 10,
  })
  @DurationSeconds({ min: 1, max: 3_600 })
  readonly cooldownSeconds!: number;

  @Setting('JWKS_STALE_SECONDS', {
    description: 'So long the last good keys serve while the issuer is away; then tokens are answered with 503.',
    default: 86_400,
  })
  @DurationSeconds({ min: 10, max: 604_800 })
  readonly staleSeconds!: number;
}
