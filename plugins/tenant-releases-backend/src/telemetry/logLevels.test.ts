import fc from 'fast-check';
import { logLevels } from '@internal/plugin-tenant-releases-common';
import { levelHint } from './levelHint';
import { toLogLine } from './logLines';

const show = (text: string, labels: Record<string, string> = {}) => {
  const { level, message } = toLogLine({ time: '1', text, labels });
  return [level, message];
};

/** Whether Loki lets a line through: its expressions read as JavaScript's. */
function isFound(level: (typeof logLevels)[number], text: string, labels: Record<string, string>) {
  const literals = [...levelHint(level).matchAll(/(\w+)(?:=~)?\s?("(?:[^"\\]|\\.)+")/g)];
  const [[, stage, line], ...filters] = literals;
  expect(stage).toBe('regexp');
  const compile = (literal: string) =>
    new RegExp(
      (JSON.parse(literal) as string).replace('(?i)', '').replaceAll('(?P<', '(?<'),
      'isu',
    );
  return (
    compile(line).test(text) ||
    filters.some(
      ([, name, value]) => Object.hasOwn(labels, name) && compile(value).test(labels[name]),
    )
  );
}

describe('the level and the message of a line', () => {
  it.each([
    [
      'Logback',
      '{"@timestamp":"2026-01-02T00:00:00Z","level":"ERROR","level_value":40000,"message":"boom"}',
      'error',
      'boom',
    ],
    ['pino', '{"level":50,"time":1767312000000,"msg":"boom"}', 'error', 'boom'],
    ['pino, fatal', '{"level":60,"msg":"boom"}', 'error', 'boom'],
    ['pino, trace', '{"level":10,"msg":"boom"}', 'debug', 'boom'],
    [
      'Serilog',
      '{"@t":"2026-01-02T00:00:00Z","@l":"Error","@mt":"boom {Id} at {@Where}","Id":7}',
      'error',
      'boom 7 at {@Where}',
    ],
    [
      'Serilog without a level',
      '{"@t":"2026-01-02T00:00:00Z","@mt":"went {Way:x}","Way":"well"}',
      'info',
      'went well',
    ],
    [
      'Serilog with a level of its own',
      '{"@t":"2026-01-02T00:00:00Z","@l":"Odd","@m":"x"}',
      'unknown',
      'x',
    ],
    ['Google Cloud', '{"severity":"EMERGENCY","textPayload":"boom"}', 'error', 'boom'],
    ['Google Cloud, notice', '{"severity":"NOTICE","message":"x"}', 'info', 'x'],
    ['Google Cloud, default', '{"severity":"DEFAULT","message":"x"}', 'unknown', 'x'],
    ['zap', '{"level":"dpanic","ts":1.5,"msg":"boom"}', 'error', 'boom'],
    ['slog', '{"time":"2026-01-02T00:00:00Z","level":"WARN+2","msg":"x"}', 'warn', 'x'],
    ['bunyan', '{"name":"a","level":40,"msg":"x","v":0}', 'warn', 'x'],
    ['Python', '{"levelname":"CRITICAL","message":"boom"}', 'error', 'boom'],
    ['.NET', '{"EventId":1,"LogLevel":"Information","Message":"x"}', 'info', 'x'],
    ['Elastic', '{"log":{"level":"warn"},"message":"x"}', 'warn', 'x'],
    ['Elastic, flat', '{"log.level":"ERROR","message":"boom"}', 'error', 'boom'],
    ['GELF', '{"level":3,"short_message":"boom"}', 'error', 'boom'],
    ['OpenTelemetry', '{"severity_number":17,"body":"boom"}', 'error', 'boom'],
    [
      'a level of no use before one of use',
      '{"level":"custom","severity":"ERROR","msg":"boom"}',
      'error',
      'boom',
    ],
    ['a key in another case', '{"Level":"Warning","msg":"x"}', 'warn', 'x'],
    ['a level in JSON’s numbers', '{"level":"\\u0065rror","msg":"boom"}', 'error', 'boom'],
    ['a word in the message alone', '{"msg":"ERROR is a word"}', 'unknown', 'ERROR is a word'],
    ['a status', '{"status":500,"msg":"x"}', 'unknown', 'x'],
    ['logfmt', 'ts=1 level=error msg="boom"', 'error', 'ts=1 level=error msg="boom"'],
    ['logfmt, short', 'lvl=WRN msg=x', 'warn', 'lvl=WRN msg=x'],
    [
      'logfmt with a level in its text',
      'msg="set level=error" severity=info',
      'info',
      'msg="set level=error" severity=info',
    ],
    [
      'fields behind a prefix',
      '2026-01-02 host level=warning x',
      'warn',
      '2026-01-02 host level=warning x',
    ],
    [
      'a text line',
      '2026-01-02 00:00:00.000 ERROR [main] c.e.App - level=debug',
      'error',
      undefined,
    ],
    ['Python’s text', 'WARNING:root:slow', 'warn', undefined],
    ['nginx', '2026/01/02 00:00:00 [error] 1#1: boom', 'error', undefined],
    ['.NET’s console', 'fail: App[0]', 'error', undefined],
    ['colours', '\u001b[31mERROR\u001b[0m boom', 'error', undefined],
    ['klog', 'E0102 15:04:05.000000       1 main.go:1] boom', 'error', undefined],
    ['syslog', '<11>1 2026-01-02T00:00:00Z host app - - - boom', 'error', undefined],
    [
      'a container runtime’s prefix',
      '2026-01-02T00:00:00.1Z stdout F {"level":"warn","msg":"x"}',
      'warn',
      'x',
    ],
    [
      'Docker’s wrapping',
      JSON.stringify({ log: '{"level":50,"msg":"boom"}\n', stream: 'stderr' }),
      'error',
      'boom',
    ],
    [
      'a text in Docker’s wrapping',
      JSON.stringify({ log: 'WARN slow\n', stream: 'stdout' }),
      'warn',
      'WARN slow',
    ],
    [
      'Monolog’s JSON',
      '{"message":"boom","context":{},"level":400,"level_name":"ERROR","channel":"app"}',
      'error',
      'boom',
    ],
    ['Monolog', '[2026-01-02T00:00:00.0+00:00] app.ERROR: boom {"a":"WARNING"} []', 'error'],
    ['Laravel', '[2026-01-02 00:00:00] production.WARNING: slow {"userId":1}', 'warn'],
    ['Celery', '[2026-01-02 00:00:00,000: ERROR/MainProcess] Task x raised', 'error'],
    ['structlog’s console', '2026-01-02 00:00:00 [error    ] boom           a=1', 'error'],
    ['Fluent Bit', '[2026/01/02 00:00:00] [ warn] [engine] slow', 'warn'],
    ['Apache', '[Fri Jan 02 00:00:00.000000 2026] [core:error] [pid 1] AH00124: x', 'error'],
    ['MySQL', '2026-01-02T00:00:00.0Z 0 [Warning] [MY-010068] [Server] x', 'warn'],
    ['MySQL, note', '2026-01-02T00:00:00.0Z 0 [Note] [MY-1] x', 'info'],
    ['winston', 'error: boom', 'error'],
    ['winston, coloured', '\u001b[31merror\u001b[39m: boom', 'error'],
    [
      'winston’s JSON, coloured',
      '{"level":"\\u001b[31merror\\u001b[39m","message":"x"}',
      'error',
      'x',
    ],
    ['a coloured word within', '2026-01-02 catalog \u001b[33mwarn\u001b[39m slow', 'warn'],
    [
      '.NET’s console, coloured',
      '\u001b[40m\u001b[32minfo\u001b[39m\u001b[22m\u001b[49m: A[1]',
      'info',
    ],
    ['zap’s console', '2026-01-02T00:00:00.000Z\terror\tmain.go:1\tboom\t{"a": 1}', 'error'],
    ['zap with short keys', '{"L":"ERROR","T":"2026","C":"a.go:1","M":"boom"}', 'error', 'boom'],
    ['a length', '{"l":3,"L":2,"msg":"x"}', 'unknown', 'x'],
    ['logrus on a terminal', 'WARN[0001] slow                     a=b', 'warn'],
    ['geth', 'ERROR[01-02|00:00:00.000] Failed                  err=x', 'error'],
    ['log15', 't=2026-01-02T00:00:00+0000 lvl=eror msg="boom"', 'error'],
    [
      'loguru’s JSON',
      '{"text":"boom","record":{"level":{"icon":"x","name":"ERROR","no":40},"message":"boom"}}',
      'error',
      'boom',
    ],
    ['journald', '{"MESSAGE":"boom","PRIORITY":"3","_SYSTEMD_UNIT":"x"}', 'error', 'boom'],
    ['another priority', '{"priority":3,"msg":"x"}', 'unknown', 'x'],
    ['hclog’s JSON', '{"@level":"error","@message":"boom","@module":"m"}', 'error', 'boom'],
    ['PostgreSQL', '2026-01-02 00:00:00.000 UTC [1] ERROR:  relation "x"', 'error'],
    [
      'PostgreSQL’s log of a statement',
      "2026-01-02 00:00:00.000 UTC [1] LOG:  duration: 1 ms  statement: SELECT 1 WHERE level = 'ERROR'",
      'unknown',
    ],
    ['PostgreSQL’s statement', "[1] STATEMENT:  SELECT 'FATAL' [error]", 'unknown'],
    ['an address', '10.0.0.1 - - "GET /WARN/ERROR HTTP/1.1" 200 1', 'unknown'],
    ['small words', 'no error was found', 'unknown', undefined],
    ['a protocol', 'HTTP 200 in 3 ms', 'unknown', undefined],
    ['an empty line', '', 'unknown', ''],
  ])('%s', (_, text, level, message = text) => {
    expect(show(text)).toEqual([level, message]);
  });

  it.each([
    [{ severity_text: 'Error2' }, 'INFO x', 'error'],
    [{ severity_number: '13' }, 'x', 'warn'],
    [{ level: 'debug', detected_level: 'error' }, 'x', 'debug'],
    [{ detected_level: 'error' }, 'INFO failed', 'info'],
    [{ detected_level: 'unknown' }, 'x', 'unknown'],
    [{ level: 'warn' }, '{"level":"info"}', 'info'],
    [{ level: 'warn' }, '{"msg":"info"}', 'warn'],
  ])('with the labels %j, of %s', (labels, text, level) => {
    expect(show(text, labels as Record<string, string>)[0]).toBe(level);
  });

  it('is not hurt by hostile lines, and is quick', () => {
    const startedAt = performance.now();
    for (const text of [
      '{"a":'.repeat(50_000),
      `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      `{"@l":"Odd","@mt":"${'{a}'.repeat(2_000)}","a":"${'b'.repeat(100_000)}"}`,
      'x'.repeat(1_000_000),
      'a="'.repeat(100_000),
      `a="${'\\"'.repeat(100_000)}`,
      '='.repeat(200_000),
      ' '.repeat(200_000),
      '{"__proto__":{"level":"error"},"constructor":1,"msg":"x"}',
    ]) {
      const [level, message] = show(text);
      expect(level).toBe('unknown');
      expect(message.length).toBeLessThanOrEqual(4_000);
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

const word = fc.constantFrom(
  ...'trace DEBUG Dbg verbose fine info INF Information notice SUCCESS warn WARNING wrn error ERR Error fatal'.split(
    ' ',
  ),
  ...'CRITICAL crit Panic ALERT emerg severe fail eror Note DEFAULT none custom WARN+4 Error2 " error " \u0131nfo'.split(
    ' ',
  ),
);
const key = fc.constantFrom(
  ...'level LEVEL Level @level @l lvl log.level log_level loglevel levelname severity SeverityText'.split(
    ' ',
  ),
  ...'severity_text severityNumber severity_number LogLevel level_name L PRIORITY record status @t @mt msg log'.split(
    ' ',
  ),
);
const value = fc.oneof(
  word,
  fc.integer({ min: -1, max: 101 }),
  fc.integer({ min: 0, max: 99 }).map(String),
  fc.constantFrom('\t50', ' 50', '050', '5e1', '\u00a0error'),
  fc.double(),
  fc.record({ level: fc.oneof(word, fc.integer({ min: 0, max: 60 })) }),
  fc.record({ level: fc.record({ name: word }) }),
  word.map(name => `\u001b[31m${name}\u001b[39m`),
);
const escaped = (text: string) =>
  text.replace(/[a-z0-9]/i, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
const json = fc
  .tuple(fc.dictionary(key, value, { maxKeys: 3 }), fc.constantFrom(0, 1), fc.nat(3))
  .map(([fields, indent, kind]) => {
    const text = JSON.stringify(fields, undefined, indent);
    if (kind === 1) return escaped(text);
    return kind === 2 ? text.replace(/:(\d)0([,}])/g, ':$1.0e1$2') : text;
  });
const logfmt = fc
  .array(fc.tuple(key, fc.oneof(word, fc.integer({ min: 0, max: 99 }).map(String))), {
    maxLength: 3,
  })
  .chain(pairs =>
    fc
      .constantFrom('', 'host ', 'a=b ')
      .map(start => start + pairs.map(([name, each]) => `${name}=${each}`).join(' ')),
  );
const text = fc
  .tuple(
    fc.constantFrom(
      '',
      '2026-01-02 ',
      '[',
      '\u001b[31m',
      '<',
      'x ',
      'x\t',
      '[ ',
      '[core:',
      'app.',
      'LOG: ',
    ),
    fc.oneof(
      word,
      fc.constantFrom('E0102', 'W0102', 'I0102 x', 'F0102', 'info:', 'fail:', 'HTTP'),
      fc.nat(200).map(each => `<${each}>`),
    ),
    fc.constantFrom(
      '',
      ' boom',
      ']',
      '   ]',
      '\u001b[0m',
      '\u001b[0m x',
      ': x',
      '>',
      '\tx',
      '/Main',
      '[1]',
    ),
  )
  .map(parts => parts.join(''));
const labels = fc.dictionary(
  fc.constantFrom(
    'level',
    'severity_text',
    'severity',
    'lvl',
    'severity_number',
    'detected_level',
    'pod',
  ),
  fc.oneof(word, fc.nat(60).map(String)),
  { maxKeys: 2 },
);

const line = fc.tuple(fc.oneof(json, logfmt, text), fc.nat(5)).map(([written, kind]) => {
  if (kind === 0) return JSON.stringify({ log: `${written}\n`, stream: 'stdout' });
  return kind === 1 ? `2026-01-02T00:00:00.1Z stderr F ${written}` : written;
});

describe('the filter by level', () => {
  it('lets every line pass that shows the level', () => {
    let known = 0;
    fc.assert(
      fc.property(line, labels, (written, own) => {
        const [level] = show(written, own);
        for (const each of logLevels) {
          if (each !== level) continue;
          known += 1;
          expect([written, own, level, isFound(each, written, own)]).toEqual([
            written,
            own,
            level,
            true,
          ]);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(known).toBeGreaterThan(1_500);
  });

  it('keeps most others back, so that few lines are read for nothing', () => {
    const quiet = '{"level":"info","time":1767312000000,"msg":"GET /work","status":200,"ms":5}';
    const pino = '{"level":30,"time":1767312000000,"msg":"GET /work","status":200,"ms":5}';
    for (const written of [quiet, pino]) {
      expect(
        logLevels.filter(level => isFound(level, written, { detected_level: 'info' })),
      ).toEqual(['info']);
    }
  });
});
