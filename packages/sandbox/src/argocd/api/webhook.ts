import { createHmac, timingSafeEqual } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Repositories } from '../repository/repositories';
import { readBody } from './readBody';

const pushSchema = z.looseObject({
  repository: z.looseObject({
    clone_url: z.string().optional(),
    html_url: z.string().optional(),
    ssh_url: z.string().optional(),
  }),
});

/** `POST /api/webhook`: a push in GitHub's form makes Argo CD look at that repository at once. */
export async function handleWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  context: { repositories: Repositories; webhookSecret: string },
): Promise<void> {
  const event = request.headers['x-github-event'];
  if (!event) return refuse(response, 400, 'Unknown webhook event');
  if (request.method !== 'POST') {
    return refuse(response, 405, 'Webhook processing failed: invalid HTTP Method');
  }
  const body = await readBody(request);
  const signature = request.headers['x-hub-signature-256'];
  if (typeof signature === 'string' && !isSigned(body, signature, context.webhookSecret)) {
    return refuse(response, 400, 'Webhook processing failed: HMAC verification failed');
  }
  if (event === 'push') {
    const push = pushSchema.safeParse(parse(body));
    if (!push.success) {
      return refuse(response, 400, 'Webhook processing failed: error parsing payload');
    }
    const { clone_url: clone, html_url: page } = push.data.repository;
    const urls = [clone, page].filter(url => url !== undefined);
    // Answered before the work is done: the sender waits for no reconciliation.
    void context.repositories.refresh(urls);
  } else if (event !== 'ping') {
    return refuse(response, 400, 'Webhook processing failed: event not defined to be parsed');
  }
  response.writeHead(200).end();
  return undefined;
}

function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}
