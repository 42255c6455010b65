import { Router, type Response } from 'express';
import { z } from 'zod';
import { owner } from '../model/hosted';
import { pullsFrom } from '../model/pullState';
import { parseBody } from './answers';
import { actor, type ForgeContext } from './context';
import { nodeId } from './links';

const body = z.object({
  query: z.string().max(20_000),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** The one question that clients of the forge ask by GraphQL: is there a branch, and an open pull request from it? */
const branchQuery =
  /repository\s*\([^)]*\)\s*\{\s*ref\s*\(\s*qualifiedName:\s*\$(\w+)\s*\)\s*\{\s*associatedPullRequests\s*\(([^)]*)\)/;

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
    const match = branchQuery.exec(query);
    const branch = match && variables?.[match[1]];
    if (!match || typeof branch !== 'string') {
      refuse(res, 'The embedded forge answers only repository.ref.associatedPullRequests');
      return;
    }
    const asked = `${variables?.owner}/${variables?.repo}`;
    const repository =
      variables?.owner === owner ? context.forge.repository(String(variables.repo)) : undefined;
    if (!repository) {
      refuse(res, `Could not resolve to a Repository with the name '${asked}'.`, 'NOT_FOUND');
      return;
    }
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
