import type { z } from 'zod';
import { HttpClient, type HttpAnswer, type HttpRequestOptions } from '../../http/HttpClient';
import { expandRoute } from './expandRoute';

/** How a host is reached. */
export interface GithubHost {
  /** Root of the REST API. */
  apiUrl: string;
  /** The credentials; asked for each time, since the token of a GitHub App lives for an hour. */
  headers?(): Promise<Record<string, string>>;
  /** See HttpClientOptions. */
  untoldRetryAfter?: number;
}

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const accept = {
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
};

/**
 * The way to the API of GitHub and GitHub Enterprise. Redirects are followed on the same host: GitHub answers so for a
 * repository that was renamed or transferred.
 *
 * Every method throws an UpstreamError.
 */
export class GithubClient {
  readonly #rest: HttpClient;
  readonly #graphql: HttpClient;

  constructor({ apiUrl, ...options }: GithubHost) {
    const clientOf = (baseUrl: string) =>
      new HttpClient({ baseUrl, followsRedirects: true, ...options });
    this.#rest = clientOf(apiUrl);
    // https://api.github.com/graphql, but https://ghe.example.com/api/graphql beside /api/v3.
    this.#graphql = clientOf(apiUrl.replace(/\/v3\/?$/, ''));
  }

  /** @param path - see HttpClient */
  get(path: string, options: HttpRequestOptions = {}): Promise<HttpAnswer> {
    return this.#rest.get(path, { ...options, headers: { ...accept, ...options.headers } });
  }

  getJson<T>(path: string, schema: z.ZodType<T>, options: HttpRequestOptions = {}): Promise<T> {
    return this.#rest.getJson(path, schema, {
      ...options,
      headers: { ...accept, ...options.headers },
    });
  }

  /** Asks GraphQL: https://docs.github.com/en/graphql */
  query<T>(
    query: string,
    variables: object,
    schema: z.ZodType<T>,
    options?: HttpRequestOptions,
  ): Promise<T> {
    return this.#graphql.sendJson('POST', '/graphql', { query, variables }, schema, options);
  }

  /**
   * Calls the REST API.
   *
   * @param route - as in GitHub's reference: `GET /repos/{owner}/{repo}/pulls`
   * @param parameters - of the path, the others of the query or, where something changes, of the body
   */
  call<T>(
    route: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
    options: HttpRequestOptions = {},
  ): Promise<T> {
    const { method, path, rest } = expandRoute(route, parameters);
    if (method === 'GET') {
      return this.getJson(path, schema, { ...options, query: rest as HttpRequestOptions['query'] });
    }
    const body = Object.keys(rest).length > 0 ? rest : undefined;
    const headers = { ...accept, ...options.headers };
    return this.#rest.sendJson(method, path, body, schema, { ...options, headers });
  }

  /** Ends idle connections. */
  close(): void {
    this.#rest.close();
    this.#graphql.close();
  }
}
