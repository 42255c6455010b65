import type { RequestHandler } from 'express';
import { ForgeError } from '../model/errors';

/**
 * Lets forms through only when they come from a page of this forge. Nobody signs in here, so a page of
 * another site must not be able to act. A name other than the loopback's is refused too: it would be DNS rebinding.
 */
export const sameSiteOnly: RequestHandler = (req, _res, next) => {
  const host = req.get('host') ?? '';
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  const site = req.get('sec-fetch-site');
  const sameOrigin = req.get('origin') === `http://${host}`;
  if (!local || !sameOrigin || (site !== undefined && site !== 'same-origin')) {
    throw new ForgeError(403, 'This form must be sent from a page of the forge itself');
  }
  next();
};
