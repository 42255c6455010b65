import { Router, type Request } from 'express';
import { z } from 'zod';
import { ForgeError } from '../model/errors';
import { owner } from '../model/hosted';
import { mergePull } from '../model/merge';
import { findPull, openPull, updatePull } from '../model/pulls';
import { pullCommits, pullEnds } from '../model/pullState';
import type { PullRequest } from '../model/types';
import { parseBody } from './answers';
import { answeredAsText } from './commits';
import { actor, numberOf, query, repositoryOf, type ForgeContext } from './context';
import { presentCommit, presentFile } from './present/commit';
import { presentPull, presentWholePull } from './present/pull';
import { paged } from './paging';

const newBody = z.object({
  title: z.string().trim().min(1).max(256),
  head: z.string(),
  base: z.string(),
  body: z.string().max(65_536).nullish(),
  draft: z.boolean().optional(),
});
const changeBody = z.object({
  title: z.string().trim().min(1).max(256).optional(),
  body: z.string().max(65_536).nullish(),
  base: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
});
const mergeBody = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
});

/** The order and choice of a list of pull requests. */
function selected(req: Request, pulls: PullRequest[]): PullRequest[] {
  const state = query(req, 'state') ?? 'open';
  const head = query(req, 'head');
  const base = query(req, 'base');
  const key = query(req, 'sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const ascending = (query(req, 'direction') ?? 'desc') === 'asc';
  const found = pulls
    .filter(pull => state === 'all' || pull.state === state)
    // GitHub ignores a head without an owner.
    .filter(pull => !head?.includes(':') || `${owner}:${pull.head.ref}` === head)
    .filter(pull => base === undefined || pull.base.ref === base)
    .sort((one, other) => one[key].localeCompare(other[key]) || one.number - other.number);
  return ascending ? found : found.reverse();
}

/** Pull requests. */
export function pullRoutes(context: ForgeContext): Router {
  const { links, limits } = context;
  const router = Router();
  const pullOf = (req: Request) => {
    const repository = repositoryOf(context, req);
    return { repository, pull: findPull(repository.state, numberOf(req)) };
  };

  router.get('/repos/:owner/:repo/pulls', (req, res) => {
    const repository = repositoryOf(context, req);
    const pulls = paged(req, res, links.url, selected(req, repository.state.pulls));
    res.json(pulls.map(pull => presentPull(links, repository, pull)));
  });

  router.post('/repos/:owner/:repo/pulls', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(newBody, req);
    const act = actor(res);
    const pull = await repository.change(change =>
      openPull(change, { ...body, body: body.body ?? '' }, act),
    );
    const shown = await presentWholePull(links, repository, pull);
    res.status(201).location(shown.url).json(shown);
  });

  router.get('/repos/:owner/:repo/pulls/:number', async (req, res) => {
    const { repository, pull } = pullOf(req);
    const { base, head } = pullEnds(repository.state, pull);
    const start = await repository.git.mergeBase(base, head);
    if (!(await answeredAsText(req, res, repository, { from: start, to: head }, limits))) {
      res.json(await presentWholePull(links, repository, pull));
    }
  });

  router.patch('/repos/:owner/:repo/pulls/:number', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(changeBody, req);
    const act = actor(res);
    const changes = { ...body, body: body.body === null ? '' : body.body };
    const pull = await repository.change(change => updatePull(change, numberOf(req), changes, act));
    res.json(await presentWholePull(links, repository, pull));
  });

  router.get('/repos/:owner/:repo/pulls/:number/files', async (req, res) => {
    const { repository, pull } = pullOf(req);
    const { base, head } = pullEnds(repository.state, pull);
    const changes = await repository.git.diff(await repository.git.mergeBase(base, head), head);
    const listed = paged(req, res, links.url, changes.slice(0, limits.listedFiles));
    res.json(listed.map(change => presentFile(links, repository.name, head, change)));
  });

  router.get('/repos/:owner/:repo/pulls/:number/commits', async (req, res) => {
    const { repository, pull } = pullOf(req);
    const { git, state, name } = repository;
    const shas = paged(req, res, links.url, await pullCommits(git, state, pull));
    const commits = await Promise.all(shas.map(sha => git.commit(sha)));
    const found = commits.filter(commit => commit !== undefined);
    res.json(found.map(commit => presentCommit(links, name, commit)));
  });

  router.get('/repos/:owner/:repo/pulls/:number/merge', (req, res) => {
    const { pull } = pullOf(req);
    if (!pull.merge) {
      throw new ForgeError(404, 'Not Found');
    }
    res.status(204).end();
  });

  router.put('/repos/:owner/:repo/pulls/:number/merge', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(mergeBody, req);
    const act = actor(res);
    const method = body.merge_method ?? 'merge';
    if (method === 'rebase') {
      throw new ForgeError(405, 'Rebase merges are not allowed on this repository.');
    }
    const input = {
      method,
      title: body.commit_title,
      message: body.commit_message,
      expectedHead: body.sha,
    };
    const sha = await repository.change(change => mergePull(change, numberOf(req), input, act));
    res.json({ sha, merged: true, message: 'Pull Request successfully merged' });
  });

  return router;
}
