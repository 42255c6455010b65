import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** What a handler is given: parsed and true to the route's schemas. */
export interface RouteContext<P, Q> {
  params: P;
  query: Q;
  credentials: BackstageCredentials;
  request: Request;
  response: Response;
}

/** One call of the API: the source of its route, of its checks and of its part of the OpenAPI document. */
export interface Route<P = never, Q = never> {
  operationId: string;
  summary: string;
  /** In OpenAPI's form: `/releases/{tenant}/{service}`. */
  path: string;
  params: z.ZodType<P>;
  query: z.ZodType<Q>;
  /** Name of the permission that the caller needs; absent when being signed in is enough. */
  permission?: string;
  /** Name of the answer's schema in the OpenAPI document; absent for a stream. */
  answer?: string;
  /** Does what has to be done and answers the body; undefined when it has answered itself. */
  handle(context: RouteContext<P, Q>): Promise<object | undefined>;
}

/** Keeps the types of a route's schemas and handler together. */
export function defineRoute<P, Q>(route: Route<P, Q>): Route {
  return route as unknown as Route;
}
