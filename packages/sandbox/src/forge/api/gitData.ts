import { Router, type Response } from 'express';
import { z } from 'zod';
import { isSha, isTreePath } from '../git/names';
import type { TreeChange } from '../git/tree';
import type { ForgeLimits } from '../limits';
import { notFound, unprocessable } from '../model/errors';
import type { HostedRepository } from '../model/hosted';
import { notModified, parseBody } from './answers';
import { actor, param, query, repositoryOf, type ForgeContext } from './context';
import { nodeId } from './links';
import { presentGitCommit } from './present/commit';
import { plain, signatureOf, signatureSchema } from './signature';

const sha = z.string().refine(isSha, 'the value is not a SHA-1');
const blobBody = z.object({
  content: z.string(),
  encoding: z.enum(['utf-8', 'base64']).optional(),
});
const commitBody = z.object({
  message: plain,
  tree: sha,
  parents: z.array(sha).optional(),
  author: signatureSchema.optional(),
  committer: signatureSchema.optional(),
});
const treeBody = z.object({
  base_tree: z.string().optional(),
  tree: z
    .array(
      z.object({
        path: z.string(),
        mode: z.enum(['100644', '100755', '040000', '160000', '120000']).optional(),
        type: z.string().optional(),
        sha: sha.nullish(),
        content: z.string().optional(),
      }),
    )
    .max(5000),
});

async function requireObject(repository: HostedRepository, id: string, type: string) {
  if (!isSha(id) || (await repository.git.objectInfo(id))?.type !== type) {
    throw unprocessable(
      `${type === 'tree' ? 'Tree' : 'Parent'} SHA does not exist or is not a ${type} object`,
    );
  }
}

/** Blobs, trees and commits: GitHub's "git database". */
export function gitDataRoutes(context: ForgeContext): Router {
  const { links, limits } = context;
  const router = Router();

  router.post('/repos/:owner/:repo/git/blobs', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { content, encoding } = parseBody(blobBody, req);
    const id = await repository.git.writeBlob(
      encoding === 'base64' ? Buffer.from(content, 'base64') : content,
    );
    const url = `${links.repositoryApi(repository.name)}/git/blobs/${id}`;
    res.status(201).location(url).json({ sha: id, url });
  });

  router.get('/repos/:owner/:repo/git/blobs/:sha', async (req, res) => {
    const repository = repositoryOf(context, req);
    const id = param(req, 'sha');
    const blob = isSha(id) ? await repository.git.object(id) : undefined;
    if (blob?.type !== 'blob') {
      throw notFound();
    }
    if (notModified(req, res, [id])) {
      return;
    }
    if (/\bapplication\/vnd\.github(\.v3)?\.raw\b/.test(req.get('accept') ?? '')) {
      res.type('application/vnd.github.raw; charset=utf-8').send(blob.content);
      return;
    }
    res.json({
      sha: id,
      node_id: nodeId('B', id),
      size: blob.size,
      url: `${links.repositoryApi(repository.name)}/git/blobs/${id}`,
      content: wrapBase64(blob.content),
      encoding: 'base64',
    });
  });

  const answerTree = async (repository: HostedRepository, id: string, recursive: boolean) => {
    const api = links.repositoryApi(repository.name);
    const entries = await repository.git.tree(id, { recursive });
    const kinds = { blob: 'blobs', tree: 'trees', commit: 'commits' } as const;
    const tree = entries.map(entry => ({
      ...entry,
      url: `${api}/git/${kinds[entry.type]}/${entry.sha}`,
    }));
    const shown = cut(tree, limits);
    const url = `${api}/git/trees/${id}`;
    return { sha: id, url, tree: shown, truncated: shown.length < tree.length };
  };

  router.get('/repos/:owner/:repo/git/trees/*sha', async (req, res) => {
    const repository = repositoryOf(context, req);
    const id = param(req, 'sha');
    const isTree = isSha(id) && (await repository.git.objectInfo(id))?.type === 'tree';
    const commit = isTree ? undefined : await repository.git.resolve(id);
    if (!isTree && !commit) {
      throw notFound();
    }
    const tree = commit ? (await repository.git.commit(commit))?.tree ?? '' : id;
    if (!notModified(req, res, [tree])) {
      // GitHub answers recursively for any value at all, also for `false`.
      const answer = await answerTree(repository, tree, query(req, 'recursive') !== undefined);
      res.json({ ...answer, sha: commit ?? id });
    }
  });

  router.post('/repos/:owner/:repo/git/trees', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(treeBody, req);
    const id = await repository.git.writeTree(
      await baseTree(repository, body.base_tree),
      await treeChanges(repository, body.tree),
    );
    res.status(201).json(await answerTree(repository, id, false));
  });

  const answerCommit = async (repository: HostedRepository, id: string, res: Response) => {
    const commit = isSha(id) ? await repository.git.commit(id) : undefined;
    if (!commit) {
      throw notFound();
    }
    res.json(presentGitCommit(links, repository.name, commit));
  };

  router.post('/repos/:owner/:repo/git/commits', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(commitBody, req);
    const { actor: login, at } = actor(res);
    await requireObject(repository, body.tree, 'tree');
    await Promise.all(
      (body.parents ?? []).map(parent => requireObject(repository, parent, 'commit')),
    );
    const author = signatureOf(body.author, login, at);
    const id = await repository.git.writeCommit({
      tree: body.tree,
      parents: body.parents ?? [],
      message: body.message,
      author,
      committer: body.committer ? signatureOf(body.committer, login, at) : author,
    });
    await answerCommit(repository, id, res.status(201));
  });

  router.get('/repos/:owner/:repo/git/commits/:sha', async (req, res) => {
    await answerCommit(repositoryOf(context, req), param(req, 'sha'), res);
  });

  return router;
}

async function baseTree(repository: HostedRepository, base: string | undefined) {
  if (base === undefined) {
    return undefined;
  }
  const object = isSha(base) ? await repository.git.object(base) : undefined;
  if (object?.type === 'commit') {
    return (await repository.git.commit(object.id))?.tree;
  }
  if (object?.type !== 'tree') {
    throw unprocessable('base_tree is not a valid tree oid');
  }
  return object.id;
}

async function treeChanges(
  repository: HostedRepository,
  entries: z.output<typeof treeBody>['tree'],
): Promise<TreeChange[]> {
  const texts = entries.filter(({ sha: given }) => given === undefined);
  const written = await repository.git.writeBlobs(texts.map(({ content }) => content ?? ''));
  const changes: TreeChange[] = [];
  for (const { path, mode, sha: given, content } of entries) {
    if (!isTreePath(path)) {
      throw unprocessable('tree.path contains a malformed path component');
    }
    if (given === undefined && content === undefined) {
      throw unprocessable('Must supply tree.sha or tree.content');
    }
    const id = given === undefined ? written.shift() : given ?? undefined;
    const type = mode === '040000' ? 'tree' : 'blob';
    if (id && mode !== '160000' && (await repository.git.objectInfo(id))?.type !== type) {
      throw unprocessable('tree.sha is not a valid object');
    }
    changes.push({ path, mode, sha: id });
  }
  return changes;
}

/** As much of a tree as an answer holds. */
function cut<T>(tree: T[], { treeEntries, treeBytes }: ForgeLimits): T[] {
  let bytes = 0;
  const end = tree.findIndex((entry, at) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return at === treeEntries || bytes > treeBytes;
  });
  return end < 0 ? tree : tree.slice(0, end);
}

/** Base64 in lines of 60 characters, as GitHub sends it. */
export function wrapBase64(content: Buffer): string {
  return content.toString('base64').replace(/.{1,60}/g, '$&\n');
}
