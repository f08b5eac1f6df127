export {
  AuthenticationRequired,
  InsufficientScope,
  TOKEN_FAULTS,
  TokenExpired,
  TokenInvalid,
  type TokenFault,
} from './authentication.errors.js';
export { JwtSettings } from './jwt.settings.js';
export { SecurityModule } from './security.module.js';
export { AccessTokens } from './tokens/access-tokens.js';
export { bearerTokenIn } from './tokens/bearer-token.js';
