import type { ErrorRequestHandler } from 'express';
import { ForgeError } from '../model/errors';

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
