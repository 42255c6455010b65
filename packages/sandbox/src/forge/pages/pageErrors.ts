import type { ErrorRequestHandler } from 'express';
import { ForgeError } from '../model/errors';
import { html } from './html';
import { page } from './layout';

/** Answers people with a page, and Git with a challenge where a token is wanted. */
export const pageErrors: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status =
    error instanceof ForgeError || (error as { status?: unknown }).status === 400
      ? (error as ForgeError).status
      : 500;
  if (status === 500) {
    console.error(`forge: ${req.method} ${req.path} failed: ${(error as Error).stack ?? error}`);
  }
  if (status === 401) {
    res.set('WWW-Authenticate', 'Basic realm="GitHub"');
  }
  const text = status === 500 ? 'Something went wrong' : (error as Error).message;
  res.status(status).send(
    page({
      title: text,
      body: html`<h1>${status}</h1>
        <p>${text}</p>`,
    }),
  );
};
