import type { Request, Response } from 'express';
import type { Forge } from '../forge';
import type { ForgeLimits } from '../limits';
import { ForgeError, notFound, unprocessable } from '../model/errors';
import { owner, type HostedRepository } from '../model/hosted';
import type { Act } from '../model/branches';
import type { Links } from './links';

/** What the handlers of the API and of the pages work with. */
export interface ForgeContext {
  forge: Forge;
  links: Links;
  limits: ForgeLimits;
  /** The login behind a token; undefined for a token that nobody has. */
  loginOfToken(token: string): string | undefined;
}

/** Remembers in the answer who asks. */
export function setViewer(res: Response, login: string | undefined): void {
  res.locals.login = login;
}

/** Login of who asks; undefined for anonymous. */
export function viewer(res: Response): string | undefined {
  return typeof res.locals.login === 'string' ? res.locals.login : undefined;
}

/** Who does something, now. @throws ForgeError 401 for anonymous. */
export function actor(res: Response): Act {
  const login = viewer(res);
  if (login === undefined) {
    throw new ForgeError(401, 'Requires authentication');
  }
  return { actor: login, at: new Date() };
}

/** A parameter of the route; a wildcard's parts joined again. */
export function param(req: Request, name: string): string {
  const value: string | string[] | undefined = req.params[name];
  return Array.isArray(value) ? value.join('/') : value ?? '';
}

/** A parameter of the query; undefined when absent or empty. @throws ForgeError 422 when given twice. */
export function query(req: Request, name: string): string | undefined {
  const value = req.query[name];
  if (value !== undefined && typeof value !== 'string') {
    throw new ForgeError(422, `Invalid request.\n\n${name} must be given once.`);
  }
  return value === '' ? undefined : value;
}

/** The repository that the route names. @throws ForgeError 404. */
export function repositoryOf(context: ForgeContext, req: Request): HostedRepository {
  const repository =
    param(req, 'owner').toLowerCase() === owner
      ? context.forge.repository(param(req, 'repo').toLowerCase())
      : undefined;
  if (!repository) {
    throw notFound();
  }
  return repository;
}

/** A whole number in the route. @throws ForgeError 404 for anything else. */
export function numberOf(req: Request, name = 'number'): number {
  const text = param(req, name);
  if (!/^\d{1,9}$/.test(text)) {
    throw notFound();
  }
  return Number(text);
}

/**
 * The commit that a name stands for.
 *
 * @throws ForgeError 404, 409 for a repository without commits
 */
export async function commitOf(repository: HostedRepository, ref: string): Promise<string> {
  const sha = await repository.git.resolve(ref);
  if (sha) {
    return sha;
  }
  if (Object.keys(repository.state.branches).length === 0) {
    throw new ForgeError(409, 'Git Repository is empty.');
  }
  throw notFound();
}

/**
 * As {@link commitOf}, for routes whose subject is the commit: there GitHub takes a name that it does not know for a
 * request that makes no sense (github.com/octokit/octokit.net/issues/2026).
 *
 * @throws ForgeError 422, 409 for a repository without commits
 */
export async function namedCommit(repository: HostedRepository, ref: string): Promise<string> {
  try {
    return await commitOf(repository, ref);
  } catch (error) {
    const isUnknown = error instanceof ForgeError && error.status === 404;
    throw isUnknown ? unprocessable(`No commit found for SHA: ${ref}`) : error;
  }
}
