import http from 'node:http';
import https from 'node:https';

/** An answer, as it came. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The body, where it is JSON, whatever its type says; else undefined. What is in it is for the tests to find out. */
  body: any;
}

/** How a server is asked. */
export interface RequestOptions {
  method?: string;
  /** Bearer token. */
  token?: string;
  headers?: Record<string, string>;
  body?: string;
  ca?: string;
  query?: Record<string, string | number>;
}

/** Milliseconds. */
const longest = 20_000;

/** Asks a server as it stands: the path is not tidied, redirects are not followed, no status is an error. */
export async function request(
  base: string,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await open(base, path, options, AbortSignal.timeout(longest));
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    body: parse(text),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A stream that is read line by line while other things happen. */
export interface LineStream {
  /** Undefined while the head has not come. */
  status: number | undefined;
  contentType: string | undefined;
  /** Lines so far, the empty ones too. */
  lines: string[];
  /** Set when the server ended it. */
  hasEnded: boolean;
  close(): void;
}

/** Opens a stream. Nothing is awaited: a server may send its head with the first line. */
export function openLines(base: string, path: string, options: RequestOptions = {}): LineStream {
  const stopping = new AbortController();
  const stream: LineStream = {
    status: undefined,
    contentType: undefined,
    lines: [],
    hasEnded: false,
    close: () => stopping.abort(),
  };
  const read = async () => {
    const response = await open(base, path, options, stopping.signal);
    stream.status = response.statusCode;
    stream.contentType = response.headers['content-type'];
    let rest = '';
    response.setEncoding('utf8');
    for await (const chunk of response) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      stream.lines.push(...lines);
    }
    if (rest) stream.lines.push(rest);
    stream.hasEnded = true;
  };
  read().catch(error => {
    if (!stopping.signal.aborted) stream.lines.push(`failed: ${error}`);
  });
  return stream;
}

function open(
  base: string,
  path: string,
  { method = 'GET', token, headers, body, ca, query }: RequestOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { protocol, hostname, port } = new URL(base);
  const search = query
    ? `?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`
    : '';
  return new Promise((resolve, reject) => {
    const sent = (protocol === 'https:' ? https : http).request(
      {
        protocol,
        hostname,
        port,
        method,
        path: path + search,
        agent: false,
        signal,
        ...(ca ? { ca } : {}),
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          // Node sends the body of a DELETE without saying how long it is.
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
