import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';

/** Ages grow with every second; a page that has nothing else to tell is not sent again for that. Seconds. */
const ageStep = 30;

/**
 * Answers JSON with an ETag, or 304 when the caller has it already. The tag is weak: ages within the same half minute
 * count as the same. It belongs to the caller, so that somebody else's tag tells nothing.
 */
export function respondWithTag(
  request: Request,
  response: Response,
  body: object,
  { principal }: BackstageCredentials,
): void {
  const tag = createHash('sha256')
    .update(JSON.stringify(principal))
    .update(JSON.stringify(body, withCoarseAges))
    .digest('base64url')
    .slice(0, 27);
  response.setHeader('ETag', `W/"${tag}"`);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Authorization');
  // Pages count ages by this clock. Where they are served from elsewhere, browsers keep the header to themselves.
  response.append('Access-Control-Expose-Headers', 'Date');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.json(body);
}

function withCoarseAges(key: string, value: unknown): unknown {
  return (key === 'ageSeconds' || key === 'staleSeconds') && typeof value === 'number'
    ? Math.floor(value / ageStep)
    : value;
}
