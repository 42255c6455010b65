import http from 'node:http';
import https from 'node:https';
import type { z } from 'zod';
import { proxyEnvironment } from './proxyEnvironment';
import { redirectTarget } from './redirectTarget';
import { splitLines } from './splitLines';
import { OddAnswerError, statusError, toUpstreamError, UpstreamError } from './UpstreamError';

type Headers = Record<string, string>;

/** Where an upstream is and how it is spoken to. */
export interface HttpClientOptions {
  /** Absolute, http or https; a path is kept. */
  baseUrl: string;
  /** Headers of every request; a function is asked each time, since tokens change. */
  headers?: Headers | (() => Promise<Headers>);
  tls?: { ca?: string; rejectUnauthorized?: boolean };
  /**
   * Whether redirects are followed, on the same host and scheme only, and with a method other than GET only where the
   * redirect keeps it (307, 308); default false.
   */
  followsRedirects?: boolean;
  /** Seconds to leave an upstream alone that limits its callers and does not say how long; default: as after any failure. */
  untoldRetryAfter?: number;
  /** Called when the upstream refuses the credentials; the request is then made once more, with the headers of then. */
  onUnauthorized?: () => void;
}

/** One request. */
export interface HttpRequestOptions {
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** Milliseconds for the whole answer; default 2,000. Without effect on streams. */
  timeoutMs?: number;
  /** Bytes that an answer may have; default 64 MiB. For a stream: bytes of one line. */
  maxBytes?: number;
  signal?: AbortSignal;
}

/** An answer with status 2xx or 304. */
export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Path from the base address that answered instead of the one that was asked, without its query. */
  redirectedTo?: string;
}

/** What is sent. */
interface Message {
  method: string;
  body?: string;
}

/** An answer whose body has not been read. */
interface OpenAnswer {
  response: http.IncomingMessage;
  redirectedTo?: string;
}

const get: Message = { method: 'GET' };
const defaultTimeoutMs = 2_000;
const defaultMaxBytes = 64 * 1024 * 1024;
const maxRedirects = 3;

/**
 * Asks one upstream. Redirects are not followed unless {@link HttpClientOptions.followsRedirects} is set, time and size
 * are limited, and everything that goes wrong is an {@link UpstreamError}. A proxy of the environment is used when Node.js
 * uses it: https://nodejs.org/api/http.html#built-in-proxy-support
 */
export class HttpClient {
  readonly #base: URL;
  readonly #path: string;
  readonly #options: HttpClientOptions;
  readonly #transport: typeof http | typeof https;
  readonly #agent: http.Agent;

  constructor(options: HttpClientOptions) {
    this.#base = new URL(options.baseUrl);
    this.#path = this.#base.pathname.replace(/\/$/, '');
    this.#options = options;
    const secure = this.#base.protocol === 'https:';
    this.#transport = secure ? https : http;
    const connections = { keepAlive: true, maxSockets: 32, proxyEnv: proxyEnvironment() };
    this.#agent = secure
      ? new https.Agent({ ...connections, ...options.tls })
      : new http.Agent(connections);
  }

  /** GETs JSON and parses it with the schema. */
  async getJson<T>(path: string, schema: z.ZodType<T>, options?: HttpRequestOptions): Promise<T> {
    const answer = await this.get(path, {
      ...options,
      headers: { accept: 'application/json', ...options?.headers },
    });
    return parseJson(answer, schema);
  }

  /**
   * Sends JSON, or nothing, and parses the answer with the schema; an answer without content (204) is `undefined`.
   *
   * @param path - see {@link HttpClient.get}
   */
  async sendJson<T>(
    method: string,
    path: string,
    body: object | undefined,
    schema: z.ZodType<T>,
    options?: HttpRequestOptions,
  ): Promise<T> {
    const headers = {
      accept: 'application/json',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...options?.headers,
    };
    const message = { method, body: body && JSON.stringify(body) };
    return parseJson(await this.#ask(path, { ...options, headers }, message), schema);
  }

  /** @param path - starts with `/`; parts that come from outside are encoded, see encodedPath */
  get(path: string, options: HttpRequestOptions = {}): Promise<HttpAnswer> {
    return this.#ask(path, options);
  }

  async #ask(path: string, options: HttpRequestOptions, message = get): Promise<HttpAnswer> {
    const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = options;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    try {
      const { response, redirectedTo } = await this.#open(path, { ...options, signal }, message);
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maxBytes) throw new UpstreamError('bad-answer', 'answer is too large');
        chunks.push(chunk);
      }
      if (!response.complete) throw new UpstreamError('bad-answer', 'answer was cut short');
      const status = response.statusCode ?? 0;
      const text = Buffer.concat(chunks).toString('utf8');
      const error = statusError(status, response.headers, text, this.#options.untoldRetryAfter);
      if (error) throw error;
      return { status, headers: response.headers, body: text, redirectedTo };
    } catch (error) {
      if (deadline.aborted && !options.signal?.aborted) {
        throw new UpstreamError('timeout', `no answer within ${timeoutMs} ms`);
      }
      throw toUpstreamError(error);
    }
  }

  /** GETs an endless answer line by line, until the upstream or `signal` ends it. */
  async *lines(path: string, options: HttpRequestOptions = {}): AsyncGenerator<string> {
    try {
      const { response } = await this.#open(path, options);
      const error = statusError(response.statusCode ?? 0, response.headers);
      if (error) {
        response.destroy();
        throw error;
      }
      yield* splitLines(response, options.maxBytes ?? defaultMaxBytes);
    } catch (error) {
      throw toUpstreamError(error);
    }
  }

  /** Ends idle connections. */
  close(): void {
    this.#agent.destroy();
  }

  async #open(path: string, options: HttpRequestOptions, message = get): Promise<OpenAnswer> {
    const { onUnauthorized } = this.#options;
    const target = this.#path + path + queryString(options.query);
    const answer = await this.#follow(target, options, message);
    if (answer.response.statusCode !== 401 || !onUnauthorized) return answer;
    answer.response.destroy();
    onUnauthorized();
    return this.#follow(target, options, message);
  }

  async #follow(
    target: string,
    options: HttpRequestOptions,
    message: Message,
  ): Promise<OpenAnswer> {
    const { headers: own, followsRedirects } = this.#options;
    const headers = { ...(typeof own === 'function' ? await own() : own), ...options.headers };
    let response = await this.#sendTwice(target, headers, options, message);
    if (!followsRedirects) return { response };
    let redirectedTo: string | undefined;
    for (let hops = 0; hops < maxRedirects; hops += 1) {
      const next = redirectTarget(response, this.#base, message.method);
      if (next === undefined) break;
      response.destroy();
      redirectedTo = next.split('?', 1)[0].replace(this.#path, '');
      response = await this.#sendTwice(next, headers, options, message);
    }
    return { response, redirectedTo };
  }

  async #sendTwice(
    target: string,
    headers: Record<string, string>,
    options: HttpRequestOptions,
    message: Message,
  ): Promise<http.IncomingMessage> {
    try {
      return await this.#send(target, headers, options, message);
    } catch (error) {
      // The other side may close a kept connection just when it is used again: a fresh one answers.
      const { code, reused } = error as NodeJS.ErrnoException & { reused?: boolean };
      if (reused && (code === 'ECONNRESET' || code === 'EPIPE') && !options.signal?.aborted) {
        return this.#send(target, headers, options, message);
      }
      throw error;
    }
  }

  #send(
    target: string,
    headers: Record<string, string>,
    { signal }: HttpRequestOptions,
    { method, body }: Message,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.#transport.request(
        {
          protocol: this.#base.protocol,
          hostname: this.#base.hostname.replace(/^\[|\]$/g, ''),
          port: this.#base.port,
          path: target,
          agent: this.#agent,
          method,
          headers: {
            'user-agent': 'tenant-portal',
            // Node.js tells it by itself only for methods that usually have a body.
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
            ...headers,
          },
          signal,
        },
        resolve,
      );
      request.on('socket', socket => socket.setKeepAlive(true, 10_000));
      request.on('error', error => reject(Object.assign(error, { reused: request.reusedSocket })));
      request.end(body);
    });
  }
}

function queryString(query: HttpRequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.append(key, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** Parses a JSON answer. HTML, cut JSON and another shape than expected are a `bad-answer`. */
export function parseJson<T>({ status, headers, body }: HttpAnswer, schema: z.ZodType<T>): T {
  if (status === 204) return parseValue(undefined, schema);
  if (!/\bjson\b/i.test(headers['content-type'] ?? '')) {
    throw new UpstreamError('bad-answer', 'answer is not JSON');
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new UpstreamError('bad-answer', 'answer is not complete JSON');
  }
  return parseValue(value, schema);
}

function parseValue<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new OddAnswerError(
      `answer has another shape at ${issue.path.join('.') || 'its root'}: ${issue.message}`,
    );
  }
  return parsed.data;
}
