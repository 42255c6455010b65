import { Router } from 'express';
import { z } from 'zod';
import { isSha } from '../git/names';
import { addCheckRun, latestCheckRuns } from '../model/checks';
import { notFound, unprocessable } from '../model/errors';
import type { HostedRepository } from '../model/hosted';
import type { CheckRun, CommitStatus } from '../model/types';
import { parseBody } from './answers';
import {
  actor,
  commitOf,
  namedCommit,
  numberOf,
  param,
  query,
  repositoryOf,
  type ForgeContext,
} from './context';
import { combinedState, presentCheckRun, presentStatus } from './present/checks';
import { presentMinimalRepository } from './present/repository';
import { paged } from './paging';

const time = z.iso.datetime({ offset: true }).optional();
const runFields = z.object({
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required'])
    .optional(),
  details_url: z.url().optional(),
  started_at: time,
  completed_at: time,
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().max(65_535).optional(),
      text: z.string().max(65_535).optional(),
    })
    .optional(),
});
const newRun = runFields.extend({ name: z.string().min(1).max(100), head_sha: z.string() });
const newStatus = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().max(100).default('default'),
  description: z.string().max(140).nullish(),
  target_url: z.url().nullish(),
});

async function requireCommit(repository: HostedRepository, sha: string): Promise<string> {
  const found = isSha(sha) ? await repository.git.commit(sha) : undefined;
  if (!found) {
    throw unprocessable(`No commit found for SHA: ${sha}`);
  }
  return sha;
}

function applyRun(run: Omit<CheckRun, 'id'>, body: z.output<typeof runFields>, now: Date) {
  run.status = body.conclusion ? 'completed' : body.status ?? run.status;
  run.conclusion = run.status === 'completed' ? body.conclusion ?? run.conclusion : undefined;
  if (run.status === 'completed' && !run.conclusion) {
    throw unprocessable("Invalid request.\n\nFor 'conclusion', a completed run must have one.");
  }
  run.completedAt =
    run.status === 'completed'
      ? body.completed_at ?? run.completedAt ?? now.toISOString()
      : undefined;
  run.output = { ...run.output, ...body.output };
  run.detailsUrl = body.details_url ?? run.detailsUrl;
}

/** The newest status of each context. */
function latestStatuses(statuses: CommitStatus[], sha: string): CommitStatus[] {
  const mine = statuses.filter(status => status.sha === sha).reverse();
  return mine.filter((status, at) => mine.findIndex(one => one.context === status.context) === at);
}

/** Check runs and commit statuses. */
export function checkRoutes(context: ForgeContext): Router {
  const { links } = context;
  const router = Router();

  router.get('/repos/:owner/:repo/commits/*ref/status', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { name, state } = repository;
    const sha = await commitOf(repository, param(req, 'ref'));
    const statuses = latestStatuses(state.statuses, sha);
    const api = links.repositoryApi(name);
    res.json({
      state: combinedState(statuses),
      statuses: statuses.map(status => presentStatus(links, name, status)),
      sha,
      total_count: statuses.length,
      repository: presentMinimalRepository(links, name),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    });
  });

  router.get('/repos/:owner/:repo/commits/*ref/statuses', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { name, state } = repository;
    const sha = await commitOf(repository, param(req, 'ref'));
    const statuses = state.statuses.filter(status => status.sha === sha).reverse();
    const shown = statuses.map(status => presentStatus(links, name, status));
    res.json(paged(req, res, links.url, shown));
  });

  router.post('/repos/:owner/:repo/statuses/:sha', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(newStatus, req);
    const { actor: author, at } = actor(res);
    const sha = await requireCommit(repository, param(req, 'sha'));
    const added = await repository.change(async change => {
      const status: CommitStatus = {
        id: change.nextId(),
        sha,
        state: body.state,
        context: body.context,
        description: body.description ?? undefined,
        targetUrl: body.target_url ?? undefined,
        createdAt: at.toISOString(),
        author,
      };
      change.state.statuses.push(status);
      change.state.statuses.splice(0, change.state.statuses.length - 2000);
      return status;
    });
    res.status(201).json(presentStatus(links, repository.name, added));
  });

  router.get('/repos/:owner/:repo/commits/*ref/check-runs', async (req, res) => {
    const repository = repositoryOf(context, req);
    const { name, state } = repository;
    const sha = await namedCommit(repository, param(req, 'ref'));
    const wanted = query(req, 'check_name');
    const status = query(req, 'status');
    const all = query(req, 'filter') === 'all';
    const runs = (
      all ? state.checkRuns.filter(run => run.headSha === sha) : latestCheckRuns(state, sha)
    )
      .filter(run => wanted === undefined || run.name === wanted)
      .filter(run => status === undefined || run.status === status);
    const shown = paged(req, res, links.url, runs);
    res.json({
      total_count: runs.length,
      check_runs: shown.map(run => presentCheckRun(links, name, run)),
    });
  });

  router.post('/repos/:owner/:repo/check-runs', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(newRun, req);
    const { actor: author, at } = actor(res);
    const headSha = await requireCommit(repository, body.head_sha);
    const run: Omit<CheckRun, 'id'> = {
      name: body.name,
      headSha,
      status: 'queued',
      output: {},
      startedAt: body.started_at ?? at.toISOString(),
      author,
    };
    applyRun(run, body, at);
    const added = await repository.change(async change => addCheckRun(change, run));
    res.status(201).json(presentCheckRun(links, repository.name, added));
  });

  router.get('/repos/:owner/:repo/check-runs/:number', (req, res) => {
    const { name, state } = repositoryOf(context, req);
    const run = state.checkRuns.find(one => one.id === numberOf(req));
    if (!run) {
      throw notFound();
    }
    res.json(presentCheckRun(links, name, run));
  });

  router.patch('/repos/:owner/:repo/check-runs/:number', async (req, res) => {
    const repository = repositoryOf(context, req);
    const body = parseBody(runFields, req);
    const { at } = actor(res);
    const changed = await repository.change(async change => {
      const run = change.state.checkRuns.find(one => one.id === numberOf(req));
      if (!run) {
        throw notFound();
      }
      const copy = structuredClone(run);
      applyRun(copy, body, at);
      return Object.assign(run, copy);
    });
    res.json(presentCheckRun(links, repository.name, changed));
  });

  return router;
}
