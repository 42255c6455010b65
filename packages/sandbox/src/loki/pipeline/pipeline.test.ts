import { parseQuery } from '../logql/parseQuery';
import type { Labels } from './labelSet';
import { compilePipeline } from './pipeline';

/** The labels of a line behind a pipeline, or undefined when the line does not get through. */
function run(stages: string, line: string, stream: Labels = { app: 'web' }, metadata: Labels = {}) {
  const query = parseQuery(`{app="web"} ${stages}`);
  if (query.kind !== 'log') throw new Error('not a log query');
  return compilePipeline(query.stages)({ line, metadata }, stream)?.toLabels();
}

const passes = (stages: string, line: string, stream?: Labels) =>
  run(stages, line, stream) !== undefined;

describe('line filters', () => {
  it.each<[stages: string, line: string, expected: boolean]>([
    ['|= "err"', 'an error', true],
    ['|= "err"', 'fine', false],
    ['|= ""', 'anything', true],
    ['!= "err"', 'an error', false],
    ['!= "a" or "b"', 'c', true],
    ['!= "a" or "b"', 'b', false],
    ['|= "a" or "b"', 'b', true],
    ['|~ "5[0-9]{2}"', 'status 503', true],
    ['|~ "^5"', 'status 503', false],
    ['!~ "5.."', 'status 503', false],
    ['|= "a" |= "b" != "c"', 'a b', true],
    ['|= "a" |= "b" != "c"', 'a b c', false],
  ])('%s on %j: %s', (stages, line, expected) => {
    expect(passes(stages, line)).toBe(expected);
  });
});

describe('regexp', () => {
  it('makes labels of the named groups of the first match', () => {
    const stages = '| regexp `(?i)(?P<app>err)|(?P<status>5..)`';
    expect(run(stages, 'an ERR 500')).toEqual({ app: 'web', app_extracted: 'ERR' });
    expect(run(stages, 'a 503')).toEqual({ app: 'web', status: '503' });
    expect(run(stages, 'fine')).toEqual({ app: 'web' });
    expect(passes(`${stages} | status="" or app="x"`, 'a 503')).toBe(false);
  });
});

describe('json', () => {
  it('makes labels of properties, inner ones with joined names', () => {
    const line = JSON.stringify({
      level: 'error',
      status: 503,
      ok: false,
      nothing: null,
      list: [1],
      request: { path: '/work', 'user-agent': { name: 'curl' } },
      '9th': 'x',
    });
    expect(run('| json', line)).toEqual({
      app: 'web',
      level: 'error',
      status: '503',
      ok: 'false',
      request_path: '/work',
      request_user_agent_name: 'curl',
      _9th: 'x',
    });
  });

  it('keeps the labels of the stream and renames those that clash', () => {
    expect(run('| json', '{"app":"other","version":"2"}', { app: 'web', version: '1' })).toEqual({
      app: 'web',
      app_extracted: 'other',
      version: '1',
      version_extracted: '2',
    });
  });

  it('prefers what the text says to what was pushed with it', () => {
    expect(run('| json', '{"trace":"b"}', {}, { trace: 'a' })).toEqual({ trace: 'b' });
  });

  it.each(['plain text', '"text"', '[1]', 'null', '{"a":1'])('marks %s and keeps it', line => {
    expect(run('| json', line)).toMatchObject({ app: 'web', __error__: 'JSONParserErr' });
    expect(passes('| json | __error__=""', line)).toBe(false);
  });

  it('is not confused by names that every object has', () => {
    expect(run('| json', '{"constructor":"x","toString":"y"}')).toMatchObject({
      constructor: 'x',
      toString: 'y',
    });
  });
});

describe('logfmt', () => {
  it.each<[line: string, labels: Record<string, string>]>([
    ['level=info msg="a \\"b\\" c" port=8080', { level: 'info', msg: 'a "b" c', port: '8080' }],
    ['a=1 flag b= c=3', { a: '1', c: '3' }],
    ['path=/x?y=1 user.name=z', { user_name: 'z' }],
    ['no pairs here', {}],
  ])('reads %j', (line, labels) => {
    expect(run('| logfmt', line, {})).toMatchObject(labels);
  });

  it('renames a clash', () => {
    expect(run('| logfmt', 'level=error', { level: 'info' })).toEqual({
      level: 'info',
      level_extracted: 'error',
    });
  });
});

describe('label filters', () => {
  const line = '{"level":"error","status":503,"took":"1.5s","size":"2KB","text":"abc"}';
  it.each<[filter: string, expected: boolean]>([
    ['level="error"', true],
    ['level!="error"', false],
    ['level=~"err|warn"', false],
    ['level=~"err.*|warn"', true],
    ['level!~"warn"', true],
    ['absent=""', true],
    ['absent!="x"', true],
    ['absent="x"', false],
    ['status=503', true],
    ['status==503', true],
    ['status>=500', true],
    ['status<500', false],
    ['status!=503', false],
    ['took>1s', true],
    ['took>1500ms', false],
    ['size>1KiB', true],
    ['size>=2KiB', false],
    ['absent>0', false],
    ['level="error" and status=200', false],
    ['level="error" or status=200', true],
    ['level="x" or level="error" and status=503', true],
    ['(level="error" or level="x") and status=200', false],
    ['level="error", status=503', true],
    ['app="web"', true],
  ])('%s: %s', (filter, expected) => {
    expect(passes(`| json | ${filter}`, line)).toBe(expected);
  });

  it('keeps and marks a line whose label is no number', () => {
    expect(run('| json | text > 5', line)).toMatchObject({ __error__: 'LabelFilterErr' });
  });
});
