/** A small HTTP client that tells how long an answer took and how many bytes came over the wire. */
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/**
 * @param headers - request headers; answers are asked for with gzip
 * @returns status, headers, `ms` until the whole body was there, `bytes` of the body as sent, and `json()`
 */
export function get(url, headers = {}, method = 'GET') {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method, headers: { 'accept-encoding': 'gzip', ...headers } },
      answer => {
        const chunks = [];
        answer.on('data', chunk => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          const text = () =>
            String(answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
          resolve({
            status: answer.statusCode,
            headers: answer.headers,
            ms: performance.now() - started,
            bytes: body.length,
            json: () => JSON.parse(text()),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** {@link get}, which fails unless the answer is 200. */
export async function mustGet(url, headers) {
  const answer = await get(url, headers);
  if (answer.status !== 200)
    throw new Error(
      `GET ${url} answered ${answer.status}: ${JSON.stringify(answer.json()).slice(0, 300)}`,
    );
  return answer;
}

/** Calls back for each `data:` line of a stream of server-sent events; answers a function that closes it. */
export function events(url, headers, onData) {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { headers: { accept: 'text/event-stream', ...headers }, agent: new Agent() },
      answer => {
        if (answer.statusCode !== 200)
          return reject(new Error(`GET ${url} answered ${answer.statusCode}`));
        let rest = '';
        answer.setEncoding('utf8');
        answer.on('data', text => {
          const lines = (rest + text).split('\n');
          rest = lines.pop();
          for (const line of lines) if (line.startsWith('data:')) onData(JSON.parse(line.slice(5)));
        });
        answer.on('error', () => undefined);
        return resolve(() => sent.destroy());
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
