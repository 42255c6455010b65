import express, { Router, type Request, type Response } from 'express';
import { numberOf, repositoryOf, type ForgeContext } from '../api/context';
import type { Act } from '../model/branches';
import { ForgeError } from '../model/errors';
import type { Change } from '../model/hosted';
import { mergePull } from '../model/merge';
import { findPull, updatePull } from '../model/pulls';
import { pageActor } from './layout';
import { pullPage } from './pullPages';
import { sameSiteOnly } from './sameSite';

/** One thing that can be done to a pull request. */
type Work = (change: Change, number: number, by: Act, req: Request) => Promise<unknown>;

/** Does something to a pull request as the person of the pages, and shows it again, with the reason if it was refused. */
const act = (context: ForgeContext, work: Work) => async (req: Request, res: Response) => {
  const repository = repositoryOf(context, req);
  const number = numberOf(req);
  const by = { actor: pageActor, at: new Date() };
  try {
    await repository.change(change => work(change, number, by, req));
  } catch (error) {
    if (!(error instanceof ForgeError) || error.status === 404) {
      throw error;
    }
    const pull = findPull(repository.state, number);
    const [detail] = error.errors ?? [];
    const problem = detail?.message ?? error.message;
    res.status(error.status).send(await pullPage(repository, pull, problem));
    return;
  }
  res.redirect(303, `/${repository.fullName}/pull/${number}`);
};

/** The buttons of a pull request's page. */
export function pullActionRoutes(context: ForgeContext): Router {
  const router = Router();
  const repo = '/:owner/:repo';
  const form = [sameSiteOnly, express.urlencoded({ extended: false, limit: '10kb' })];
  router.post(
    `${repo}/pull/:number/merge`,
    form,
    act(context, (change, number, by, req) => {
      const sha: unknown = req.body?.sha;
      const expectedHead = typeof sha === 'string' ? sha : undefined;
      return mergePull(change, number, { method: 'merge', expectedHead }, by);
    }),
  );
  router.post(
    `${repo}/pull/:number/close`,
    form,
    act(context, (change, number, by) => updatePull(change, number, { state: 'closed' }, by)),
  );
  router.post(
    `${repo}/pull/:number/reopen`,
    form,
    act(context, (change, number, by) => updatePull(change, number, { state: 'open' }, by)),
  );
  return router;
}
