import { createHash, randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ForgeError } from '../model/errors';
import { viewer, query } from './context';

/**
 * Sets the ETag of an answer that follows from `parts` alone, and answers 304 if the caller has it already.
 *
 * @returns true when the answer is given.
 */
export function notModified(req: Request, res: Response, parts: string[]): boolean {
  const text = [
    req.method === 'HEAD' ? 'GET' : req.method,
    req.originalUrl,
    req.get('accept') ?? '',
  ];
  const hash = createHash('sha1')
    .update([...text, ...parts].join('\n'))
    .digest('hex');
  res.set('ETag', `W/"${hash}"`);
  return answeredUnchanged(req, res);
}

/** Answers 304 if what the caller has fits the ETag and Last-Modified that are set. */
export function answeredUnchanged(req: Request, res: Response): boolean {
  if (!req.fresh) {
    return false;
  }
  res.status(304).end();
  return true;
}

/** Parses the body of a request. @throws ForgeError 422 that names the field. */
export function parseBody<T extends z.ZodType>(schema: T, req: Request): z.output<T> {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue.path.join('.') || 'body';
  throw new ForgeError(422, `Invalid request.\n\nFor '${field}', ${issue.message}.`);
}

/** Which part of a list is wanted. */
export interface Page {
  /** Counted from 1. */
  page: number;
  perPage: number;
}

/** Reads `page` and `per_page` as GitHub does: what makes no sense is the default. */
export function pageOf(req: Request, defaultPerPage = 30): Page {
  const whole = (text: string | undefined, fallback: number) =>
    /^\d{1,7}$/.test(text ?? '') && Number(text) > 0 ? Number(text) : fallback;
  return {
    page: whole(query(req, 'page'), 1),
    perPage: Math.min(whole(query(req, 'per_page'), defaultPerPage), 100),
  };
}

/** Sets the Link header of a list of `total` items. */
export function setLinks(req: Request, res: Response, base: string, page: Page, total: number) {
  const last = Math.max(1, Math.ceil(total / page.perPage));
  const url = (number: number) => {
    const target = new URL(req.originalUrl, base);
    target.searchParams.set('page', String(number));
    return target.toString();
  };
  const relations: Array<[string, number, boolean]> = [
    ['prev', page.page - 1, page.page > 1],
    ['next', page.page + 1, page.page < last],
    ['last', last, page.page < last],
    ['first', 1, page.page > 1],
  ];
  const links = relations
    .filter(([, , applies]) => applies)
    .map(([relation, number]) => `<${url(number)}>; rel="${relation}"`);
  if (links.length > 0) {
    res.set('Link', links.join(', '));
  }
}

/** The part of a list that is wanted, with the Link header set. */
export function paged<T>(req: Request, res: Response, base: string, items: T[]): T[] {
  const page = pageOf(req);
  setLinks(req, res, base, page, items.length);
  return items.slice((page.page - 1) * page.perPage, page.page * page.perPage);
}

/** Calls that each caller has made in this hour. Nothing is refused for it: it only feeds the headers. */
export function rateLimit(): { middleware: RequestHandler; describe(res: Response): object } {
  const limit = 5000;
  let used = new Map<string, number>();
  let reset = 0;
  const core = (res: Response) => {
    const count = used.get(viewer(res) ?? '') ?? 0;
    return { limit, used: count, remaining: Math.max(limit - count, 1), reset };
  };
  return {
    middleware: (req, res, next) => {
      const now = Math.trunc(Date.now() / 1000);
      if (now >= reset) {
        used = new Map();
        reset = now + 3600;
      }
      const key = viewer(res) ?? '';
      // A look at the limit costs nothing, and a 304 costs nothing on GitHub: revalidations are not counted.
      const free = req.path.endsWith('/rate_limit') || req.get('if-none-match') !== undefined;
      used.set(key, (used.get(key) ?? 0) + (free ? 0 : 1));
      const { remaining, used: count } = core(res);
      res.set({
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(remaining),
        'X-RateLimit-Used': String(count),
        'X-RateLimit-Reset': String(reset),
        'X-RateLimit-Resource': 'core',
      });
      next();
    },
    describe: res => {
      const rate = core(res);
      const others = ['search', 'graphql', 'integration_manifest', 'code_search'];
      const resources = Object.fromEntries(['core', ...others].map(name => [name, rate]));
      return { resources, rate };
    },
  };
}

/** Headers that every answer of GitHub's API has. */
export const apiHeaders: RequestHandler = (req, res, next) => {
  // fetch() adds `Cache-Control: no-cache` to every request with If-None-Match (Fetch standard, 4.5),
  // which Express would take as a wish for a whole answer; GitHub answers 304 all the same.
  delete req.headers['cache-control'];
  res.set({
    'X-GitHub-Media-Type': 'github.v3; format=json',
    'X-GitHub-Request-Id': randomUUID(),
    'X-GitHub-Api-Version-Selected': '2022-11-28',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': viewer(res)
      ? 'private, max-age=0, must-revalidate'
      : 'public, max-age=0, must-revalidate',
    Vary: 'Accept, Authorization',
  });
  next();
};

function bodyError(error: unknown): ForgeError | undefined {
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') {
    return new ForgeError(413, 'Payload Too Large');
  }
  if (typeof type === 'string' && status === 400) {
    return new ForgeError(400, 'Problems parsing JSON');
  }
  return status === 400 || error instanceof URIError
    ? new ForgeError(400, 'Bad Request')
    : undefined;
}

/** Turns errors into GitHub's answers. What nobody foresaw is logged and told as 500 without details. */
export const apiErrors: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const known = error instanceof ForgeError ? error : bodyError(error);
  if (!known) {
    console.error(`forge: ${req.method} ${req.path} failed: ${(error as Error).stack ?? error}`);
  }
  const status = known?.status ?? 500;
  res.removeHeader('ETag');
  res.status(status).json({
    message: known?.message ?? 'Server Error',
    ...(known?.errors ? { errors: known.errors } : {}),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
};
