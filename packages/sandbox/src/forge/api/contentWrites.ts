import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { isRefName, isTreePath } from '../git/names';
import { moveBranch } from '../model/branches';
import { ForgeError, notFound, unprocessable } from '../model/errors';
import { defaultBranch } from '../model/hosted';
import { parseBody } from './answers';
import { actor, param, repositoryOf, type ForgeContext } from './context';
import { presentGitCommit } from './present/commit';
import { presentEntry } from './present/content';
import { plain, signatureOf, signatureSchema } from './signature';

const body = z.object({
  message: plain,
  // Clients send the lines that `base64` prints.
  content: z
    .string()
    .transform(text => text.replace(/\s/g, ''))
    .pipe(z.base64())
    .optional(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: signatureSchema.optional(),
  committer: signatureSchema.optional(),
});

/** Writing `contents/{path}`: a commit that changes or removes one file. */
export function contentWriteRoutes(context: ForgeContext): Router {
  const { links } = context;
  const router = Router();

  const write = async (req: Request, res: Response, removal: boolean) => {
    const repository = repositoryOf(context, req);
    const { git, name } = repository;
    const input = parseBody(body, req);
    const path = param(req, 'path');
    const branch = input.branch ?? defaultBranch;
    const act = actor(res);
    if (!isTreePath(path)) {
      throw unprocessable('path contains a malformed path component');
    }
    if (removal ? input.sha === undefined : input.content === undefined) {
      throw unprocessable(`Invalid request.\n\n"${removal ? 'sha' : 'content'}" wasn't supplied.`);
    }
    const done = await repository.change(async change => {
      const before = isRefName(branch) ? await git.branch(branch) : undefined;
      if (!before && Object.keys(repository.state.branches).length > 0) {
        throw notFound(`Branch ${branch} not found`);
      }
      const old = before ? await git.at(before, path) : undefined;
      if (removal && old?.type !== 'blob') {
        throw notFound();
      }
      if (old && input.sha === undefined) {
        throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
      }
      if (old?.id !== input.sha && input.sha !== undefined) {
        throw new ForgeError(409, `${path} does not match ${input.sha}`);
      }
      const blob = removal
        ? undefined
        : await git.writeBlob(Buffer.from(input.content ?? '', 'base64'));
      const base = before ? (await git.commit(before))?.tree : undefined;
      const author = signatureOf(input.author ?? input.committer, act.actor, act.at);
      const commit = await git.writeCommit({
        tree: await git.writeTree(base, [{ path, sha: blob }]),
        parents: before ? [before] : [],
        message: input.message,
        author,
        committer: input.committer ? signatureOf(input.committer, act.actor, act.at) : author,
      });
      await moveBranch(change, branch, before, commit, act);
      return { commit, blob, existed: old !== undefined };
    });
    const commit = await git.commit(done.commit);
    const object = done.blob ? await git.objectInfo(done.blob) : undefined;
    res.status(done.existed ? 200 : 201).json({
      content: object
        ? presentEntry(
            links,
            { repository: name, ref: branch, path },
            { sha: object.id, type: 'blob', size: object.size },
          )
        : null,
      commit: commit && presentGitCommit(links, name, commit),
    });
  };

  router.put('/repos/:owner/:repo/contents/*path', (req, res) => write(req, res, false));
  router.delete('/repos/:owner/:repo/contents/*path', (req, res) => write(req, res, true));

  return router;
}
