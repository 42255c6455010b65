import { Router, type Request, type Response } from 'express';
import { commitOf, numberOf, param, query, repositoryOf, type ForgeContext } from '../api/context';
import { defaultBranch, owner, type HostedRepository } from '../model/hosted';
import { notFound } from '../model/errors';
import { findPull } from '../model/pulls';
import { pullEnds } from '../model/pullState';
import { commitPage, commitsPage } from './commitPages';
import { emptyPage, filePage, folderPage, type Place } from './filePages';
import { homePage } from './homePage';
import { pullPage, pullsPage } from './pullPages';
import { pullActionRoutes } from './pullActions';
import { style } from './style';
import { comparePage } from './comparePage';

/** Splits `feature/x/gitops/apps` into a branch that is there and a path. @throws ForgeError 404. */
async function placeOf(repository: HostedRepository, text: string): Promise<Place> {
  const parts = text.replace(/\/$/, '').split('/');
  const branches = Object.keys(repository.state.branches);
  const [branch] = branches
    .filter(name => `${parts.join('/')}/`.startsWith(`${name}/`))
    .sort((one, other) => other.length - one.length);
  const ref = branch ?? parts[0];
  const path = parts.slice(ref.split('/').length).join('/');
  return { repository, ref, path, commit: await commitOf(repository, ref) };
}

/** Answers with what a place holds, as a page of the right kind. */
async function answerPlace(res: Response, place: Place): Promise<void> {
  const object = await place.repository.git.at(place.commit, place.path);
  if (object?.type !== 'tree' && object?.type !== 'blob') {
    throw notFound();
  }
  res.send(await (object.type === 'tree' ? folderPage(place, object) : filePage(place, object)));
}

/** The pages for people. */
export function pageRouter(context: ForgeContext): Router {
  const router = Router();
  const repo = '/:owner/:repo';

  router.use((_req, res, next) => {
    res.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      // Not `no-referrer`: with it browsers send forms with `Origin: null`.
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-cache',
    });
    next();
  });

  router.get('/style.css', (_req, res) => {
    res.type('css').set('Cache-Control', 'max-age=3600').send(style);
  });
  router.get('/favicon.ico', (_req, res) => {
    res.status(204).end();
  });
  router.get('/avatars/:name', (req, res) => {
    const letter = /^[a-z]/i.exec(param(req, 'name'))?.[0].toUpperCase() ?? '?';
    res.type('svg').set('Cache-Control', 'max-age=86400');
    res.send(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#57606a"/><text x="20" y="27" font-family="sans-serif" font-size="20" fill="#fff" text-anchor="middle">${letter}</text></svg>`,
    );
  });
  router.get(['/', `/${owner}`], async (_req, res) => {
    res.send(await homePage(context.forge.list()));
  });

  router.get(repo, async (req, res) => {
    const repository = repositoryOf(context, req);
    const empty = Object.keys(repository.state.branches).length === 0;
    await (empty
      ? res.send(emptyPage(repository))
      : answerPlace(res, await placeOf(repository, defaultBranch)));
  });
  router.get([`${repo}/tree/*place`, `${repo}/blob/*place`], async (req, res) => {
    await answerPlace(res, await placeOf(repositoryOf(context, req), param(req, 'place')));
  });
  router.get(`${repo}/raw/*place`, async (req, res) => {
    const place = await placeOf(repositoryOf(context, req), param(req, 'place'));
    const blob = await place.repository.git.at(place.commit, place.path);
    if (blob?.type !== 'blob') {
      throw notFound();
    }
    // Never as a page: what people commit must not run in the forge's origin.
    res.set('Content-Security-Policy', "default-src 'none'; sandbox");
    res.type(blob.content.includes(0) ? 'application/octet-stream' : 'text/plain; charset=utf-8');
    res.send(blob.content);
  });
  router.get(`${repo}/legacy.tar.gz/:sha`, async (req, res) => {
    const repository = repositoryOf(context, req);
    const sha = await commitOf(repository, param(req, 'sha'));
    const name = `${owner}-${repository.name}-${sha.slice(0, 7)}`;
    const archive = repository.git.archive(sha, name);
    res.on('close', () => archive.kill());
    archive.on('error', error => res.destroy(error));
    archive.stdin.end();
    archive.stderr.resume();
    res.type('application/x-gzip').attachment(`${name}.tar.gz`);
    archive.stdout.pipe(res);
  });

  router.get([`${repo}/commits`, `${repo}/commits/*ref`], async (req, res) => {
    const repository = repositoryOf(context, req);
    const ref = param(req, 'ref') || defaultBranch;
    const number = /^[1-9]\d{0,5}$/.test(query(req, 'page') ?? '') ? Number(query(req, 'page')) : 1;
    const sha = await commitOf(repository, ref);
    res.send(await commitsPage(repository, ref, sha, { path: query(req, 'path'), number }));
  });
  router.get(`${repo}/commit/:sha`, async (req, res) => {
    const repository = repositoryOf(context, req);
    const sha = await commitOf(repository, param(req, 'sha'));
    const commit = await repository.git.commit(sha);
    if (!commit) {
      throw notFound();
    }
    res.send(await commitPage(repository, commit));
  });
  router.get(`${repo}/compare/*range`, async (req, res) => {
    const repository = repositoryOf(context, req);
    const [from, to] = param(req, 'range').split('...');
    const base = await commitOf(repository, from);
    const head = await commitOf(repository, to ?? '');
    res.send(await comparePage(repository, { from, to, base, head }));
  });

  router.get(`${repo}/pulls`, (req, res) => {
    const state = query(req, 'state') === 'closed' ? 'closed' : 'open';
    res.send(pullsPage(repositoryOf(context, req), state));
  });
  const pullText = async (req: Request, res: Response) => {
    const repository = repositoryOf(context, req);
    const { git, state } = repository;
    const { base, head } = pullEnds(state, findPull(state, numberOf(req)));
    res.type('text/plain; charset=utf-8');
    res.send(await git.diffText(await git.mergeBase(base, head), head));
  };
  router.get([`${repo}/pull/:number.diff`, `${repo}/pull/:number.patch`], pullText);
  router.get([`${repo}/pull/:number`, `${repo}/pull/:number/files`], async (req, res) => {
    const repository = repositoryOf(context, req);
    res.send(await pullPage(repository, findPull(repository.state, numberOf(req))));
  });

  router.use(pullActionRoutes(context));
  router.use(() => {
    throw notFound();
  });
  return router;
}
