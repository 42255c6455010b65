import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  apiRoutes,
  type ApiAnswer,
  type ApiOperation,
} from '@internal/plugin-tenant-releases-common';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** What a handler is given: parsed and true to the route's schemas. */
export interface RouteContext<P, Q> {
  params: P;
  query: Q;
  /** What was sent, as it was sent; of a call that takes nothing undefined. */
  body: unknown;
  credentials: BackstageCredentials;
  request: Request;
  response: Response;
}

/** How a call of the contract is served. */
export interface RouteOptions<P, Q, A> {
  summary: string;
  params: z.ZodType<P>;
  query: z.ZodType<Q>;
  /** Name of the permission that the caller needs; absent when being signed in is enough. */
  permission?: string;
  /** Does what has to be done and answers the body; undefined when it has answered itself. */
  handle(context: RouteContext<P, Q>): Promise<A>;
}

/** One call of the API: the source of its route, of its checks and of its part of the OpenAPI document. */
export interface Route extends RouteOptions<never, never, object | undefined> {
  operationId: string;
  /** In OpenAPI's form: `/releases/{tenant}/{service}`. */
  path: string;
  /** Schema of what is sent, by `POST`; absent for a call that only reads. */
  body?: z.ZodType;
  /** Schema of the answer; absent for a stream. */
  answer?: z.ZodType;
}

/** A call of the contract with what serves it. */
export function defineRoute<K extends ApiOperation, P, Q>(
  operationId: K,
  options: RouteOptions<P, Q, ApiAnswer<K>>,
): Route {
  return { operationId, ...apiRoutes[operationId], ...options } as unknown as Route;
}
