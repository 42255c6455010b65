import { createHash, randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ForgeError } from '../model/errors';
import { viewer } from './context';

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
