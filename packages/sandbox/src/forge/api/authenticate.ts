import type { RequestHandler } from 'express';
import type { SandboxSettings } from '../../settings';
import { ForgeError } from '../model/errors';
import { personalToken, portalBot, tokenHolders } from '../people';
import { setViewer, type ForgeContext } from './context';

/** Who each token belongs to. */
export function tokenOwners(settings: SandboxSettings): Map<string, string> {
  return new Map([
    ...tokenHolders.map(login => [personalToken(login), login] as const),
    [settings.tokens.forge, portalBot.login],
  ]);
}

/** Takes the token out of an Authorization header: `token X`, `Bearer X`, or Basic with the token as password. */
export function tokenOf(header: string | undefined): string | undefined {
  const match = /^(token|bearer|basic) +(\S+)$/i.exec(header ?? '');
  if (!match) {
    return undefined;
  }
  if (match[1].toLowerCase() !== 'basic') {
    return match[2];
  }
  const decoded = Buffer.from(match[2], 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}

/** Finds out who asks. Reading needs no token, writing does; a token that nobody has is refused. */
export function authenticate(context: ForgeContext): RequestHandler {
  return (req, res, next) => {
    const header = req.get('authorization');
    if (header !== undefined) {
      const login = context.loginOfToken(tokenOf(header) ?? '');
      if (login === undefined) {
        throw new ForgeError(401, 'Bad credentials');
      }
      setViewer(res, login);
      res.set('X-OAuth-Scopes', 'repo, workflow');
      res.set('X-Accepted-OAuth-Scopes', 'repo');
    } else if (req.method !== 'GET' && req.method !== 'HEAD') {
      throw new ForgeError(401, 'Requires authentication');
    }
    next();
  };
}
