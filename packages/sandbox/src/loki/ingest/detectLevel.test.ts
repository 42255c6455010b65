import { detectLevel } from './detectLevel';
import { withServiceName } from './serviceName';

describe('detectLevel', () => {
  it.each<[line: string, level: string]>([
    ['{"level":"error","message":"x"}', 'error'],
    ['{"severity":"WARNING"}', 'warn'],
    ['{"level":"notice"}', 'unknown'],
    ['{"message":"an error"}', 'error'],
    ['{"message":', 'unknown'],
    ['level=info msg="no error here"', 'info'],
    ['lvl=dbg', 'debug'],
    ['Error: something broke', 'error'],
    ['[WARN] disk', 'warn'],
    ['terrors of the deep', 'unknown'],
    ['', 'unknown'],
  ])('of %j is %s', (line, level) => {
    expect(detectLevel(line, {}, {})).toBe(level);
  });

  it('believes labels first', () => {
    expect(detectLevel('level=info', { level: 'ERR' }, { level: 'warn' })).toBe('error');
    expect(detectLevel('level=info', { app: 'x' }, { severity: 'fatal' })).toBe('fatal');
  });
});

describe('withServiceName', () => {
  it.each([
    [{ app: 'demo-api', container: 'c' }, 'demo-api'],
    [{ container: 'c', namespace: 'n' }, 'c'],
    [{ namespace: 'n' }, 'unknown_service'],
    [{ service_name: 'own', app: 'a' }, 'own'],
  ])('names %j %s', (labels, name) => {
    expect(withServiceName(labels).service_name).toBe(name);
  });
});
