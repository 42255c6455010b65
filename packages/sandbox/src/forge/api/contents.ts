import type { GitObject } from '@internal/gitops';
import { Router, type Request, type Response } from 'express';
import { ImmutableCache } from '../cache';
import { notFound } from '../model/errors';
import { defaultBranch, type HostedRepository } from '../model/hosted';
import { notModified } from './answers';
import { param, query, repositoryOf, type ForgeContext } from './context';
import { wrapBase64 } from './gitData';
import { presentEntry, type Place } from './present/content';

const raw = /\bapplication\/vnd\.github(\.v3)?\.raw\b/;

/** Reading `contents/{path}`: files and folders by their paths. */
export function contentRoutes(context: ForgeContext): Router {
  const { links } = context;
  const router = Router();
  const lastChanges = new ImmutableCache<Date | undefined>(2000);

  const answerFile = async (req: Request, res: Response, place: Place, blob: GitObject) => {
    if (notModified(req, res, [blob.id])) {
      return;
    }
    if (raw.test(req.get('accept') ?? '')) {
      res.type('application/vnd.github.raw+json; charset=utf-8').send(blob.content);
      return;
    }
    res.json({
      ...presentEntry(links, place, { sha: blob.id, type: 'blob', size: blob.size }),
      content: wrapBase64(blob.content),
      encoding: 'base64',
    });
  };

  const answerFolder = async (
    req: Request,
    res: Response,
    place: Place,
    tree: GitObject,
    git: HostedRepository['git'],
  ) => {
    if (notModified(req, res, [tree.id])) {
      return;
    }
    const entries = (await git.tree(tree.id)).map(entry => {
      const path = place.path ? `${place.path}/${entry.path}` : entry.path;
      return presentEntry(links, { ...place, path }, entry);
    });
    const whole = /\bapplication\/vnd\.github(\.v3)?\.object\b/.test(req.get('accept') ?? '');
    const self = presentEntry(links, place, { sha: tree.id, type: 'tree' });
    res.json(whole ? { ...self, entries } : entries);
  };

  router.get('/repos/:owner/:repo/contents{/*path}', async (req, res) => {
    const { git, name } = repositoryOf(context, req);
    const path = param(req, 'path').replace(/\/$/, '');
    const ref = query(req, 'ref') ?? defaultBranch;
    const commit = await git.resolve(ref);
    if (!commit) {
      throw notFound(`No commit found for the ref ${ref}`);
    }
    const object = await git.at(commit, path);
    if (object?.type !== 'blob' && object?.type !== 'tree') {
      throw notFound();
    }
    const changed = await lastChanges.get(
      `${name} ${commit} ${path}`,
      async () => (await git.log(commit, { path, limit: 1 }))[0]?.committer.date,
    );
    if (changed) {
      res.set('Last-Modified', changed.toUTCString());
    }
    const place = { repository: name, ref, path };
    await (object.type === 'blob'
      ? answerFile(req, res, place, object)
      : answerFolder(req, res, place, object, git));
  });

  return router;
}
