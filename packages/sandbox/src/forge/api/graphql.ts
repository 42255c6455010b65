import { Router, type Response } from 'express';
import { z } from 'zod';
import { owner } from '../model/hosted';
import { pullsFrom } from '../model/pullState';
import { parseBody } from './answers';
import { actor, type ForgeContext } from './context';
import { answerVersions, askedVersions } from './graphqlVersions';
import { nodeId } from './links';

const body = z.object({
  query: z.string().max(20_000),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** A question that clients of the forge ask by GraphQL: is there a branch, and an open pull request from it? */
const branchQuery =
  /repository\s*\([^)]*\)\s*\{\s*ref\s*\(\s*qualifiedName:\s*\$(\w+)\s*\)\s*\{\s*associatedPullRequests\s*\(([^)]*)\)/;

/** The other question: the contents of many files, `f0:object(oid:"..."){...file}`, or by commit and path, and so on. */
const blobsQuery =
  /^query\(\$owner:String!,\$name:String!\)\{repository\(owner:\$owner,name:\$name\)\{((?:\w+:object\((?:oid:"[0-9a-f]{40}"|expression:"[0-9a-f]{40}:[^"\\]+")\)\{\.\.\.file\} ?)+)\}\}fragment file on Blob\{oid text isTruncated\}$/;
/** GitHub cuts the text of larger blobs. Bytes. */
const maxText = 512 * 1024;

function refuse(res: Response, message: string, type?: string): void {
  res.json({
    ...(type ? { data: { repository: null } } : {}),
    errors: [{ ...(type ? { type } : {}), message }],
  });
}

/**
 * The part of GitHub's GraphQL API that pull requests are opened with. Any other query is answered
 * with an `errors` list, as GitHub answers what it does not understand.
 */
export function graphqlRoutes(context: ForgeContext): Router {
  const router = Router();
  router.post('/', async (req, res) => {
    actor(res);
    const { query, variables } = parseBody(body, req);
    const objects = blobsQuery.exec(query)?.[1];
    if (objects) {
      await answerBlobs(context, objects, variables ?? {}, res);
      return;
    }
    const versions = askedVersions(query);
    if (versions) {
      const of = find(context, variables?.owner, variables?.name, res);
      if (of) res.json({ data: { repository: await answerVersions(context.links, of, versions) } });
      return;
    }
    const match = branchQuery.exec(query);
    const branch = match && variables?.[match[1]];
    if (!match || typeof branch !== 'string') {
      refuse(
        res,
        'The embedded forge answers only repository.ref.associatedPullRequests, the texts of blobs and the commits of versions',
      );
      return;
    }
    const repository = find(context, variables?.owner, variables?.repo, res);
    if (!repository) return;
    const name = branch.replace(/^refs\/heads\//, '');
    const exists = await repository.git.branch(name);
    const first = Number(/first:\s*(\d+)/.exec(match[2])?.[1] ?? 1);
    const edges = pullsFrom(repository.state, name)
      .slice(0, first)
      .map(pull => ({
        node: {
          id: nodeId('PR', `${repository.name}/${pull.number}`),
          number: pull.number,
          url: context.links.pull(repository.name, pull.number),
        },
      }));
    const ref = exists ? { associatedPullRequests: { edges } } : null;
    res.json({ data: { repository: { ref } } });
  });
  return router;
}

/** The repository of that name; answers the refusal when there is none. */
function find(context: ForgeContext, of: unknown, name: unknown, res: Response) {
  const repository = of === owner ? context.forge.repository(String(name)) : undefined;
  if (!repository) {
    refuse(res, `Could not resolve to a Repository with the name '${of}/${name}'.`, 'NOT_FOUND');
  }
  return repository;
}

async function answerBlobs(
  context: ForgeContext,
  objects: string,
  { owner: of, name }: Record<string, unknown>,
  res: Response,
): Promise<void> {
  const repository = find(context, of, name, res);
  if (!repository) return;
  const asked = [...objects.matchAll(/(\w+):object\(\w+:"(\w+)(?::([^"]+))?"/g)];
  const answers = asked.map(async ([, alias, id, path]) => {
    const { git } = repository;
    const object = path === undefined ? await git.object(id) : await git.at(id, path);
    if (object?.type !== 'blob') return [alias, object ? {} : null];
    const isBinary = object.content.includes(0);
    const text = isBinary ? null : object.content.subarray(0, maxText).toString('utf8');
    return [alias, { oid: object.id, text, isTruncated: object.size > maxText }];
  });
  res.json({ data: { repository: Object.fromEntries(await Promise.all(answers)) } });
}
