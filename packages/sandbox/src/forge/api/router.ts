import express, { Router } from 'express';
import { notFound } from '../model/errors';
import { apiHeaders } from './answers';
import { apiErrors } from './apiErrors';
import { authenticate } from './authenticate';
import { checkRoutes } from './checks';
import { commitRoutes } from './commits';
import { contentWriteRoutes } from './contentWrites';
import { contentRoutes } from './contents';
import type { ForgeContext } from './context';
import { gitDataRoutes } from './gitData';
import { graphqlRoutes } from './graphql';
import { issueRoutes } from './issues';
import { pullRoutes } from './pulls';
import { refRoutes } from './refs';
import { repositoryRoutes } from './repositories';
import { rateLimit } from './rateLimit';
import { secondaryLimit } from './secondaryLimit';

/** GitHub parses every body as JSON, whatever it is called. */
const json = express.json({ limit: '25mb', type: () => true });

/** Everything below /api: REST under /v3, GraphQL under /graphql. */
export function apiRouter(context: ForgeContext): Router {
  const router = Router();
  const rate = rateLimit();
  const limit = secondaryLimit(context.limits);
  router.use(authenticate(context), apiHeaders, rate.middleware, limit, json);
  router.get('/v3/rate_limit', (_req, res) => {
    res.json(rate.describe(res));
  });
  router.use('/graphql', graphqlRoutes(context));
  // The order matters where a wildcard of one could match the paths of another.
  const routes = [
    repositoryRoutes,
    checkRoutes,
    commitRoutes,
    refRoutes,
    gitDataRoutes,
    contentRoutes,
    contentWriteRoutes,
    pullRoutes,
    issueRoutes,
  ];
  routes.forEach(make => router.use('/v3', make(context)));
  router.use(() => {
    throw notFound();
  });
  router.use(apiErrors);
  return router;
}
