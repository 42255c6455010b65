import { Router, type Request } from 'express';
import { z } from 'zod';
import { ForgeError } from '../model/errors';
import type { Change } from '../model/hosted';
import { findPull } from '../model/pulls';
import type { PullRequest, Review } from '../model/types';
import { personByLogin } from '../people';
import { parseBody } from './answers';
import { actor, numberOf, param, repositoryOf, type ForgeContext } from './context';
import { presentComment, presentIssue, presentReview } from './present/issue';
import { presentLabel, presentPull } from './present/pull';
import { paged } from './paging';

const labelsBody = z.union([
  z.object({ labels: z.array(z.string().min(1).max(50)).max(100) }),
  z.array(z.string().min(1).max(50)).transform(labels => ({ labels })),
]);
const text = z.object({ body: z.string().min(1).max(65_536) });
const logins = z.array(z.string()).max(10).optional();
const reviewBody = z.object({
  body: z.string().max(65_536).nullish(),
  commit_id: z.string().optional(),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']),
});
const reviewStates = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
} as const;

/** GitHub drops assignees whom it does not know. */
function known(names: string[] | undefined): string[] {
  return (names ?? []).filter(login => personByLogin(login));
}

function added(list: string[], more: string[]): string[] {
  return [...new Set([...list, ...more])];
}

/** What people say about pull requests: labels, comments, assignees, reviews. */
export function issueRoutes(context: ForgeContext): Router {
  const { links } = context;
  const router = Router();
  const pullOf = (req: Request) => {
    const repository = repositoryOf(context, req);
    return { repository, pull: findPull(repository.state, numberOf(req)) };
  };
  const edit = async <T>(req: Request, work: (pull: PullRequest, change: Change) => T) => {
    const repository = repositoryOf(context, req);
    const result = await repository.change(async change => {
      const pull = findPull(change.state, numberOf(req));
      pull.updatedAt = new Date().toISOString();
      return { pull, value: work(pull, change) };
    });
    return { repository, ...result };
  };

  router.get('/repos/:owner/:repo/issues/:number', (req, res) => {
    const { repository, pull } = pullOf(req);
    res.json(presentIssue(links, repository.name, pull));
  });

  router.get('/repos/:owner/:repo/issues/:number/labels', (req, res) => {
    const { repository, pull } = pullOf(req);
    res.json(pull.labels.map(label => presentLabel(links, repository.name, label)));
  });

  router.post('/repos/:owner/:repo/issues/:number/labels', async (req, res) => {
    actor(res);
    const { labels } = parseBody(labelsBody, req);
    const { repository, pull } = await edit(req, one => {
      one.labels = added(one.labels, labels);
    });
    res.json(pull.labels.map(label => presentLabel(links, repository.name, label)));
  });

  router.delete('/repos/:owner/:repo/issues/:number/labels/:label', async (req, res) => {
    actor(res);
    const label = param(req, 'label');
    const { repository, pull } = await edit(req, one => {
      if (!one.labels.includes(label)) {
        throw new ForgeError(404, 'Label does not exist');
      }
      one.labels = one.labels.filter(other => other !== label);
    });
    res.json(pull.labels.map(one => presentLabel(links, repository.name, one)));
  });

  router.get('/repos/:owner/:repo/issues/:number/comments', (req, res) => {
    const { repository, pull } = pullOf(req);
    const comments = paged(req, res, links.url, pull.comments);
    res.json(comments.map(one => presentComment(links, repository.name, pull.number, one)));
  });

  router.post('/repos/:owner/:repo/issues/:number/comments', async (req, res) => {
    const { body } = parseBody(text, req);
    const { actor: author, at } = actor(res);
    const { repository, pull, value } = await edit(req, (one, change) => {
      const comment = { id: change.nextId(), author, body, createdAt: at.toISOString() };
      one.comments.push(comment);
      return comment;
    });
    res.status(201).json(presentComment(links, repository.name, pull.number, value));
  });

  router.post('/repos/:owner/:repo/issues/:number/assignees', async (req, res) => {
    actor(res);
    const { assignees } = parseBody(z.object({ assignees: logins }), req);
    const { repository, pull } = await edit(req, one => {
      one.assignees = added(one.assignees, known(assignees));
    });
    res.status(201).json(presentIssue(links, repository.name, pull));
  });

  router.post('/repos/:owner/:repo/pulls/:number/requested_reviewers', async (req, res) => {
    actor(res);
    const schema = z.object({ reviewers: logins, team_reviewers: logins });
    const { reviewers } = parseBody(schema, req);
    const { repository, pull } = await edit(req, one => {
      const stranger = reviewers?.some(login => !personByLogin(login) || login === one.author);
      if (stranger) {
        throw new ForgeError(
          422,
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
        );
      }
      one.reviewers = added(one.reviewers, reviewers ?? []);
    });
    res.status(201).json(presentPull(links, repository, pull));
  });

  router.get('/repos/:owner/:repo/pulls/:number/reviews', (req, res) => {
    const { repository, pull } = pullOf(req);
    const reviews = paged(req, res, links.url, pull.reviews);
    res.json(reviews.map(one => presentReview(links, repository.name, pull.number, one)));
  });

  router.post('/repos/:owner/:repo/pulls/:number/reviews', async (req, res) => {
    const body = parseBody(reviewBody, req);
    const { actor: author, at } = actor(res);
    const { repository, pull, value } = await edit(req, (one, change): Review => {
      if (one.author === author && body.event === 'APPROVE') {
        throw new ForgeError(422, 'Unprocessable Entity: Can not approve your own pull request');
      }
      const review: Review = {
        id: change.nextId(),
        author,
        state: reviewStates[body.event],
        body: body.body ?? '',
        commit: body.commit_id ?? one.head.sha,
        submittedAt: at.toISOString(),
      };
      one.reviews.push(review);
      one.reviewers = one.reviewers.filter(login => login !== author);
      return review;
    });
    res.json(presentReview(links, repository.name, pull.number, value));
  });

  return router;
}
