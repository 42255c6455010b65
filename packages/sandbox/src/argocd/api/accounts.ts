import { createHash, timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { ApiError } from './apiError';

/** Who calls. */
export interface Account {
  name: string;
  /** True for the administrator; the other account has the built-in `role:readonly`. */
  admin: boolean;
}

/** Knows the accounts by their tokens. */
export class Accounts {
  constructor(
    private readonly tokens: { readOnly: string; admin: string },
    /** When the tokens were issued, RFC 3339; it is part of the text of a refusal. */
    readonly issuedAt: string,
  ) {}

  /**
   * The caller of a request, by its bearer token or cookie.
   * @throws {@link ApiError} unauthenticated, in Argo CD's words.
   */
  authenticate(request: IncomingMessage): Account {
    const token = tokenOf(request);
    if (!token) throw new ApiError('unauthenticated', 'no session information');
    if (same(token, this.tokens.admin)) return { name: 'admin', admin: true };
    if (same(token, this.tokens.readOnly)) return { name: 'backstage', admin: false };
    if (token.split('.').length < 3) {
      // Not the form of a token of the real one, which takes it for none.
      throw new ApiError('unauthenticated', 'no session information');
    }
    throw new ApiError('unauthenticated', `invalid session: ${describeToken(token)}`);
  }

  /** Refuses what only the administrator may do, with the explicit text of Argo CD's enforcer. */
  enforce(account: Account, resource: string, action: string, object: string): void {
    if (account.admin) return;
    throw new ApiError(
      'permissionDenied',
      `permission denied: ${resource}, ${action}, ${object}, sub: ${account.name}, iat: ${this.issuedAt}`,
    );
  }
}

/** The caller of a route that is not public. */
export function requireAccount({ account }: { account?: Account }): Account {
  if (!account) throw new ApiError('unauthenticated', 'no session information');
  return account;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return header.slice('Bearer '.length).trim() || undefined;
  const cookies = request.headers.cookie?.split(';') ?? [];
  const cookie = cookies.map(each => each.trim()).find(each => each.startsWith('argocd.token='));
  return cookie?.slice('argocd.token='.length) || undefined;
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** What the JWT library says of a token that it cannot accept. */
function describeToken(token: string): string {
  const segments = token.split('.');
  if (segments.length !== 3) {
    return 'token is malformed: token contains an invalid number of segments';
  }
  const [header] = segments;
  const illegal = /[^A-Za-z0-9_-]/.exec(header)?.index;
  if (illegal !== undefined || header.length % 4 === 1) {
    const at = illegal ?? header.length - 1;
    return `token is malformed: could not base64 decode header: illegal base64 data at input byte ${at}`;
  }
  try {
    JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return 'token is malformed: could not JSON decode header: invalid character';
  }
  return 'token signature is invalid: signature is invalid';
}
