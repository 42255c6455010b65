import assert from 'node:assert/strict';
import type { Answer } from '../servers/request.ts';

/** Checks that an answer is a Status. */
export function assertStatus(
  answer: Answer,
  code: number,
  expected: { reason?: string; message?: string | RegExp; details?: object } = {},
): void {
  assert.equal(answer.status, code, answer.text);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
  const { kind, apiVersion, status, metadata, message, reason, details } = answer.body;
  assert.deepEqual(
    { kind, apiVersion, status },
    { kind: 'Status', apiVersion: 'v1', status: 'Failure' },
  );
  assert.equal(typeof metadata, 'object');
  assert.equal(answer.body.code, code);
  if (expected.reason !== undefined) assert.equal(reason, expected.reason);
  if (expected.details) assert.deepEqual(details, expected.details);
  if (typeof expected.message === 'string') assert.equal(message, expected.message);
  if (expected.message instanceof RegExp) assert.match(message, expected.message);
}
