import { FailingSpans } from './FailingSpans';
import type { Requests } from './requestsOf';

const objective = { errorRatio: 0.05, minRequests: 10 };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute));
const requests = (all: number, failed: number, version = 'sha-2'): Requests => ({
  all,
  failed,
  failedBy: new Map([[version, failed]]),
});
const of = (one?: Requests) => new Map(one ? [['acme/api', one]] : []);

it('knows since when a release fails, and the version with which it began', () => {
  const spans = new FailingSpans();
  const look = (minute: number, one?: Requests) => {
    spans.update(of(one), objective, at(minute));
    return spans.get('acme/api');
  };
  expect(look(0, requests(100, 5))).toBeUndefined();
  const begun = { since: at(1).toISOString(), version: 'sha-2' };
  expect(look(1, requests(100, 6))).toEqual(begun);
  expect(look(2, requests(100, 90, 'sha-3'))).toEqual(begun);
  expect(look(3, requests(100, 1))).toBeUndefined();
  expect(look(4, requests(100, 50, 'sha-3'))).toEqual({
    since: at(4).toISOString(),
    version: 'sha-3',
  });
  expect(look(5)).toBeUndefined();
});

it('says nothing of a few requests', () => {
  const spans = new FailingSpans();
  spans.update(of(requests(9, 9)), objective, at(0));
  expect(spans.get('acme/api')).toBeUndefined();
});

it('takes the beginning from before it was asked', () => {
  const spans = new FailingSpans();
  spans.update(of(requests(100, 50)), objective, at(30), new Map([['acme/api', at(7)]]));
  expect(spans.get('acme/api')?.since).toBe(at(7).toISOString());
});
