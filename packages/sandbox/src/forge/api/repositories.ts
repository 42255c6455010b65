import { Router } from 'express';
import { notFound } from '../model/errors';
import { owner } from '../model/hosted';
import { personByLogin } from '../people';
import { actor, commitOf, param, repositoryOf, viewer, type ForgeContext } from './context';
import { notModified } from './answers';
import { presentCommit } from './present/commit';
import { presentRepository } from './present/repository';
import { presentProfile } from './present/user';
import type { Commit } from '../git/commit';
import { paged } from './paging';

/** Repositories, branches, archives and people. */
export function repositoryRoutes(context: ForgeContext): Router {
  const { links, forge } = context;
  const router = Router();

  router.get('/user', (_req, res) => {
    res.json(presentProfile(links, actor(res).actor, 0));
  });

  router.get('/users/:login', (req, res) => {
    const login = param(req, 'login');
    if (!personByLogin(login) && login !== owner) {
      throw notFound();
    }
    res.json(presentProfile(links, login, login === owner ? forge.list().length : 0));
  });

  router.get(['/orgs/:org/repos', '/users/:org/repos'], (req, res) => {
    const repositories = param(req, 'org') === owner ? forge.list() : [];
    const shown = repositories.map(one => presentRepository(links, one, viewer(res) !== undefined));
    res.json(paged(req, res, links.url, shown));
  });

  router.get('/repos/:owner/:repo', (req, res) => {
    res.json(presentRepository(links, repositoryOf(context, req), viewer(res) !== undefined));
  });

  // Nothing can be forked here; whoever may write may write to the repository itself.
  router.get('/repos/:owner/:repo/forks', (req, res) => {
    repositoryOf(context, req);
    res.json([]);
  });

  router.get('/repos/:owner/:repo/branches', (req, res) => {
    const { name, state } = repositoryOf(context, req);
    const branches = Object.entries(state.branches).sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const shown = branches.map(([branch, sha]) => ({
      name: branch,
      commit: { sha, url: `${links.repositoryApi(name)}/commits/${sha}` },
      protected: false,
    }));
    res.json(paged(req, res, links.url, shown));
  });

  router.get('/repos/:owner/:repo/branches/*branch', async (req, res) => {
    const { name, git } = repositoryOf(context, req);
    const branch = param(req, 'branch');
    const sha = await git.branch(branch);
    if (!sha) {
      throw notFound('Branch not found');
    }
    if (notModified(req, res, [sha])) {
      return;
    }
    const self = `${links.repositoryApi(name)}/branches/${branch}`;
    const commit = (await git.commit(sha)) as Commit;
    res.json({
      name: branch,
      commit: presentCommit(links, name, commit),
      _links: { self, html: links.tree(name, branch) },
      protected: false,
      protection: { enabled: false },
      protection_url: `${self}/protection`,
    });
  });

  router.get('/repos/:owner/:repo/tarball{/*ref}', async (req, res) => {
    const repository = repositoryOf(context, req);
    const sha = await commitOf(repository, param(req, 'ref') || 'HEAD');
    res.redirect(302, `${links.repository(repository.name)}/legacy.tar.gz/${sha}`);
  });

  router.get('/repos/:owner/:repo/tags', (req, res) => {
    repositoryOf(context, req);
    res.json([]);
  });

  router.get('/repos/:owner/:repo/git/tags/:sha', () => {
    throw notFound();
  });

  return router;
}
