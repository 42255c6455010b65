import { Router, type Request } from 'express';
import { z } from 'zod';
import { isAbbreviatedSha, isRefName, isSha } from '../git/names';
import { moveBranch } from '../model/branches';
import { ForgeError, notFound, unprocessable } from '../model/errors';
import { defaultBranch, type HostedRepository } from '../model/hosted';
import { notModified, parseBody } from './answers';
import { actor, param, repositoryOf, type ForgeContext } from './context';
import { nodeId } from './links';
import { paged } from './paging';

/** GitHub's form of a ref. */
function presentRef(context: ForgeContext, repository: string, branch: string, sha: string) {
  const api = context.links.repositoryApi(repository);
  const ref = `refs/heads/${branch}`;
  return {
    ref,
    node_id: nodeId('REF', `${repository}/${ref}`),
    url: `${api}/git/${ref}`,
    object: { sha, type: 'commit', url: `${api}/git/commits/${sha}` },
  };
}

/** `git/refs`: branches by their full names. */
export function refRoutes(context: ForgeContext): Router {
  const router = Router();
  const branchOf = (req: Request) => /^heads\/(.+)$/.exec(param(req, 'ref'))?.[1] ?? '';

  const one = ['/repos/:owner/:repo/git/ref/*ref', '/repos/:owner/:repo/git/refs/*ref'];
  router.get(one, async (req, res) => {
    const repository = repositoryOf(context, req);
    const branch = branchOf(req);
    const id = await repository.git.branch(branch);
    if (!id) {
      throw notFound();
    }
    if (!notModified(req, res, [id])) {
      res.json(presentRef(context, repository.name, branch, id));
    }
  });

  router.get('/repos/:owner/:repo/git/matching-refs/*ref', (req, res) => {
    const { state, name: repository } = repositoryOf(context, req);
    const found = Object.entries(state.branches).filter(([branch]) =>
      `heads/${branch}`.startsWith(param(req, 'ref')),
    );
    const shown = found.map(([branch, id]) => presentRef(context, repository, branch, id));
    res.json(paged(req, res, context.links.url, shown));
  });

  router.post('/repos/:owner/:repo/git/refs', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(z.object({ ref: z.string(), sha: z.string() }), req);
    const branch = /^refs\/heads\/(.+)$/.exec(body.ref)?.[1] ?? '';
    const act = actor(res);
    if (!isRefName(branch)) {
      throw unprocessable(
        body.ref.startsWith('refs/') && body.ref.split('/').length > 2
          ? 'Reference name is invalid: only branches (refs/heads/...) can be made here'
          : "Reference name must start with 'refs/' and contain at least two slashes.",
      );
    }
    await repository.change(async change => {
      await requireCommit(repository, body.sha);
      if (await repository.git.branch(branch)) {
        throw unprocessable('Reference already exists');
      }
      await moveBranch(change, branch, undefined, body.sha, act);
    });
    const shown = presentRef(context, repository.name, branch, body.sha);
    res.status(201).location(shown.url).json(shown);
  });

  router.patch('/repos/:owner/:repo/git/refs/*ref', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(z.object({ sha: z.string(), force: z.boolean().optional() }), req);
    const branch = branchOf(req);
    const act = actor(res);
    await repository.change(async change => {
      const before = await repository.git.branch(branch);
      if (!before) {
        throw unprocessable('Reference does not exist');
      }
      await requireCommit(repository, body.sha);
      if (!body.force && !(await repository.git.isAncestor(before, body.sha))) {
        throw unprocessable('Update is not a fast forward');
      }
      if (before !== body.sha) {
        await moveBranch(change, branch, before, body.sha, act);
      }
    });
    res.json(presentRef(context, repository.name, branch, body.sha));
  });

  router.delete('/repos/:owner/:repo/git/refs/*ref', async (req, res) => {
    const repository = repositoryOf(context, req);
    const branch = branchOf(req);
    const act = actor(res);
    await repository.change(async change => {
      const before = await repository.git.branch(branch);
      if (!before || branch === defaultBranch) {
        throw unprocessable(
          before ? 'Cannot delete the default branch' : 'Reference does not exist',
        );
      }
      await moveBranch(change, branch, before, undefined, act);
    });
    res.status(204).end();
  });

  return router;
}

async function requireCommit(repository: HostedRepository, id: string): Promise<void> {
  if (!isAbbreviatedSha(id)) {
    throw new ForgeError(
      422,
      'The sha parameter must be exactly 40 characters and contain only [0-9a-f].',
    );
  }
  if (!isSha(id) || (await repository.git.objectInfo(id))?.type !== 'commit') {
    throw unprocessable('Object does not exist');
  }
}
