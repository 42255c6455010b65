import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { createLokiApp } from '../http/router';
import { LogStore } from '../store/logStore';
import { fromMilliseconds } from '../time';

/** The time at which tests happen. */
export const testNow = Date.parse('2026-11-23T10:00:00Z');

/** A stream of a push as tests write it: lines with their age in milliseconds before {@link testNow}. */
export interface TestStream {
  stream: Record<string, string>;
  lines: [age: number, line: string, metadata?: Record<string, string>][];
}

/** A Loki in this process with a directory of its own. */
export function createLoki() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'loki-'));
  const logged: string[] = [];
  const now = () => fromMilliseconds(testNow);
  const open = () => {
    const store = new LogStore({ directory, now: () => testNow });
    return { store, app: createLokiApp({ store, now, log: line => logged.push(line) }) };
  };
  let { store, app } = open();
  return {
    directory,
    logged,
    get app(): Express {
      return app;
    },
    get store(): LogStore {
      return store;
    },
    /** Leaves the store as a killed process does and opens it again. */
    restart() {
      ({ store, app } = open());
    },
    push(tenant: string, streams: TestStream[]) {
      const body = {
        streams: streams.map(({ stream, lines }) => ({
          stream,
          values: lines.map(([age, line, ...metadata]) => [
            fromMilliseconds(testNow - age).toString(),
            line,
            ...metadata,
          ]),
        })),
      };
      return request(app).post('/loki/api/v1/push').set('X-Scope-OrgID', tenant).send(body);
    },
    get(endpoint: string, parameters: Record<string, string>, tenant = 'tenant-a') {
      const query = new URLSearchParams(parameters);
      return request(app).get(`/loki/api/v1/${endpoint}?${query}`).set('X-Scope-OrgID', tenant);
    },
    close() {
      store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
