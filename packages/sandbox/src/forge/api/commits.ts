import { Router, type Request, type Response } from 'express';
import type { Commit } from '../git/commit';
import { isTreePath } from '../git/names';
import type { LogOptions } from '../git/reader';
import type { ForgeLimits } from '../limits';
import { notFound, unprocessable } from '../model/errors';
import { type HostedRepository } from '../model/hosted';
import { pullsOfCommit } from '../model/pullState';
import { notModified } from './answers';
import { commitOf, namedCommit, param, query, repositoryOf, type ForgeContext } from './context';
import { changeTotals, presentCommit, presentFile } from './present/commit';
import { presentPull } from './present/pull';
import { diffTooLarge } from './diffLimit';
import { pageOf, paged, setLinks } from './paging';

function time(req: Request, name: string): Date | undefined {
  const text = query(req, name);
  const date = text === undefined ? undefined : new Date(text);
  if (date && Number.isNaN(date.getTime())) {
    throw unprocessable(`Invalid request.\n\n${name} is not a time.`);
  }
  return date;
}

async function requireCommit(repository: HostedRepository, sha: string): Promise<Commit> {
  const commit = await repository.git.commit(sha);
  if (!commit) {
    throw notFound(`No commit found for SHA: ${sha}`);
  }
  return commit;
}

/** Answers with a change as text if the caller asked for that. */
export async function answeredAsText(
  req: Request,
  res: Response,
  repository: HostedRepository,
  { from, to }: { from?: string; to: string },
  { diffFiles }: ForgeLimits,
): Promise<boolean> {
  const match = /\bapplication\/vnd\.github(?:\.v3)?\.(diff|patch)\b/.exec(req.get('accept') ?? '');
  if (match) {
    if ((await repository.git.diff(from, to)).length > diffFiles) throw diffTooLarge(diffFiles);
    res.type(`application/vnd.github.${match[1]}; charset=utf-8`);
    res.send(await repository.git.diffText(from, to));
  }
  return match !== null;
}

/** Commits: lists, single ones with their changes, comparisons. */
export function commitRoutes(context: ForgeContext): Router {
  const { links, limits } = context;
  const router = Router();

  router.get('/repos/:owner/:repo/commits', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { git, name } = repository;
    const from = await commitOf(repository, query(req, 'sha') ?? 'HEAD');
    if (notModified(req, res, [from])) {
      return;
    }
    const path = query(req, 'path')?.replace(/^\/+|\/+$/g, '');
    const filter: LogOptions = { since: time(req, 'since'), until: time(req, 'until'), path };
    const page = pageOf(req);
    const [commits, total] =
      path && !isTreePath(path)
        ? [[], 0]
        : await Promise.all([
            git.log(from, {
              ...filter,
              skip: (page.page - 1) * page.perPage,
              limit: page.perPage,
            }),
            git.count(from, filter),
          ]);
    setLinks(req, res, links.url, page, total);
    res.json(commits.map(commit => presentCommit(links, name, commit)));
  });

  router.get('/repos/:owner/:repo/commits/:sha/pulls', async (req, res) => {
    const repository = repositoryOf(context, req);
    const sha = await namedCommit(repository, param(req, 'sha'));
    const pulls = await pullsOfCommit(repository.git, repository.state, sha);
    res.json(
      paged(
        req,
        res,
        links.url,
        pulls.map(pull => presentPull(links, repository, pull)),
      ),
    );
  });

  router.get('/repos/:owner/:repo/commits/*ref', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { git, name } = repository;
    const sha = await namedCommit(repository, param(req, 'ref'));
    if (notModified(req, res, [sha])) {
      return;
    }
    if (/\bapplication\/vnd\.github(\.v3)?\.sha\b/.test(req.get('accept') ?? '')) {
      res.type('application/vnd.github.sha; charset=utf-8').send(sha);
      return;
    }
    const commit = await requireCommit(repository, sha);
    if (await answeredAsText(req, res, repository, { from: commit.parents[0], to: sha }, limits)) {
      return;
    }
    const changes = await git.diff(commit.parents[0], sha);
    const listed = changes.slice(0, limits.listedFiles);
    const { page } = pageOf(req);
    setLinks(req, res, links.url, { page, perPage: limits.diffFiles }, listed.length);
    const files = listed.slice((page - 1) * limits.diffFiles, page * limits.diffFiles);
    res.json({
      ...presentCommit(links, name, commit),
      stats: changeTotals(changes),
      files: files.map(change => presentFile(links, name, sha, change)),
    });
  });

  router.get('/repos/:owner/:repo/compare/*range', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { git, name } = repository;
    const [from, to, ...rest] = param(req, 'range').split('...');
    if (!from || !to || rest.length > 0) {
      throw notFound();
    }
    // `owner:branch` is the same as `branch` where there are no forks.
    const [base, head] = await Promise.all(
      [from, to].map(ref => commitOf(repository, ref.replace(/^acme:/, ''))),
    );
    if (notModified(req, res, [base, head])) {
      return;
    }
    const start = await git.mergeBase(base, head);
    if (!start) {
      throw notFound(`No common ancestor between ${from} and ${to}.`);
    }
    if (await answeredAsText(req, res, repository, { from: start, to: head }, limits)) {
      return;
    }
    const page = pageOf(req, 100);
    const skip = (page.page - 1) * page.perPage;
    const [ahead, behind, changes] = await Promise.all([
      git.count(head, { exclude: [base] }),
      git.count(base, { exclude: [head] }),
      git.diff(start, head),
    ]);
    // Oldest first here, unlike everywhere else.
    const fromEnd = Math.max(ahead - skip - page.perPage, 0);
    const limit = Math.max(Math.min(page.perPage, ahead - skip), 0);
    const commits = await git.log(head, { exclude: [base], skip: fromEnd, limit });
    setLinks(req, res, links.url, page, ahead);
    const url = `${links.repositoryApi(name)}/compare/${from}...${to}`;
    const html = `${links.repository(name)}/compare/${from}...${to}`;
    res.json({
      url,
      html_url: html,
      permalink_url: `${links.repository(name)}/compare/${base}...${head}`,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: presentCommit(links, name, await requireCommit(repository, base)),
      merge_base_commit: presentCommit(links, name, await requireCommit(repository, start)),
      status: comparison(ahead, behind),
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: commits.reverse().map(commit => presentCommit(links, name, commit)),
      // The files belong to the first page only, and are not all there.
      files: (page.page === 1 ? changes.slice(0, limits.diffFiles) : []).map(change =>
        presentFile(links, name, head, change),
      ),
    });
  });

  return router;
}

/** GitHub's word for how two commits stand to each other. */
export function comparison(ahead: number, behind: number) {
  if (ahead > 0) {
    return behind > 0 ? 'diverged' : 'ahead';
  }
  return behind > 0 ? 'behind' : 'identical';
}
